import { expect, it } from 'vitest';
import { CASES } from '../scale/cases.ts';
import { gatewayStatusChange } from '../scale/kaos-resources.ts';
import { runScale } from '../scale/run.ts';
import { callsOf, table } from '../scale/table.ts';
import { withMetacontroller } from './support/metacontroller.ts';

const COUNT = 20;

withMetacontroller.describe('npm run scale', { timeout: 300_000 }, () => {
  it.each(CASES)(`measures $name with ${COUNT} resources`, async (scaleCase) => {
    const say = () => undefined;
    const figures = await runScale(scaleCase, { count: COUNT, namespaces: 2, patienceSeconds: 120, say });
    const [created, ...changed] = figures;
    expect(changed.map(({ step }) => step)).toEqual(scaleCase.changes.map(({ name }) => name));
    expect(callsOf('sync', created?.calls ?? {})).toBeGreaterThanOrEqual(COUNT);
    expect(created?.engine.cpuSeconds).toBeGreaterThan(0);
    expect(created?.service.peakMb).toBeGreaterThan(10);
    const ofTheGateway = changed.find(({ step }) => step === gatewayStatusChange.name);
    // Its ConfigMap is looked at once, and no KAOS resource. More routes would make no more calls.
    expect(callsOf('sync', ofTheGateway?.calls ?? {})).toBeLessThanOrEqual(1);
    expect(table(figures).split('\n')).toHaveLength(2 + figures.length);
  });
});
