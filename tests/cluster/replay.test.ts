import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeUnitOrder } from '../../controllers/data/order.ts';
import { isPlainObject, type PlainObject } from '../../controllers/data/plain-object.ts';
import { reorder } from '../../webhooks/fixtures/reorder.ts';
import { answerRecorded, settingsReader } from '../../webhooks/replay/answered-call.ts';
import type { Change } from '../../webhooks/replay/changes.ts';
import { readRecordedCalls } from '../../webhooks/replay/recorded-calls.ts';
import { commandInput } from '../support/command-input.ts';
import { exampleFiles, exampleObjects } from './support/answers.ts';
import { install, ours } from './support/crds.ts';
import { type Engine, startEngine } from './support/engine.ts';
import { RECOMMENDED_FLAGS, withMetacontroller } from './support/metacontroller.ts';
import { applyWithStatus, change } from './support/objects.ts';
import { release } from './support/release.ts';
import { settle } from './support/settled.ts';

const VALUES = { 'kaosRuntime.enabled': 'true' };
const AGENT = { apiVersion: 'kaos.tools/v1alpha1', kind: 'Agent', metadata: { namespace: 'research', name: 'lead' } };
const GATEWAY = {
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'AgentGateway',
  metadata: { namespace: 'agents', name: 'agent-gateway' },
};

withMetacontroller.describe('replay of the log of Metacontroller', { timeout: 300_000 }, () => {
  let engine: Engine;
  /** The changes that each sync of a parent in the log makes, in the order of the calls. */
  let syncs: ReadonlyMap<string, readonly (readonly Change[])[]>;

  beforeAll(async () => {
    engine = await startEngine('server-side-apply', {
      values: VALUES,
      flags: [...RECOMMENDED_FLAGS, '--zap-log-level=6'],
    });
    const { api } = engine.cluster;
    await install(api, ours('kaos-crds'));
    await engine.deploy(VALUES);
    await applyWithStatus(api, exampleFiles.flatMap(exampleObjects));
    await settle(engine);
    await change(api, AGENT, { spec: { gatewayRoute: { timeout: '77s' } } });
    await change(api, GATEWAY, { spec: { replicas: 2, env: [{ name: 'COLOUR', value: 'blue' }] } });
    await settle(engine);
    await change(api, AGENT, { spec: { gatewayRoute: null } });
    await change(api, GATEWAY, { spec: { replicas: 1, env: null } });
    await settle(engine);
    syncs = syncsIn(engine.log(), (await release(engine.cluster, '', VALUES)).settings);
  }, 300_000);
  afterAll(() => engine?.stop());

  it('reads each call, and says that the last one for each parent changes nothing', () => {
    expect(syncs.size).toBeGreaterThan(40);
    const last = [...syncs].map(([parent, calls]) => [parent, calls.at(-1)?.filter(({ does }) => does !== 'leaves')]);
    expect(last.filter(([, changes]) => changes?.length !== 0)).toEqual([]);
  });

  it('says what the API server makes of a child, and which fields go', () => {
    const predicted = [...syncs.values()].flatMap((calls) =>
      calls.flatMap((changes, index) =>
        changes
          .filter(({ does }) => does === 'changes')
          .map((each) => ({
            ...each,
            becomes: calls.slice(index + 1).flatMap((later) => later.filter(({ child }) => child === each.child)),
          })),
      ),
    );
    const paths = predicted.flatMap((each) => each.paths);
    expect(paths).toContain('spec.rules[0].timeouts.request');
    expect(paths.filter((path) => path.endsWith('.env')).length).toBeGreaterThan(1);
    const wrong = predicted.filter(
      ({ before, after, becomes }) =>
        !becomes.some((later) => isWith(comparable(later.before), comparable(after), comparable(before))),
    );
    expect(wrong).toEqual([]);
  });
});

function syncsIn(log: string, settings: Readonly<Record<string, string>>) {
  const reading = readRecordedCalls(log, 'the log');
  if (reading.outcome === 'bad') {
    throw new Error(reading.line);
  }
  const variables = Object.fromEntries(Object.entries(settings).filter(([name]) => !name.endsWith('_FILE')));
  const call = { ...commandInput([], { variables }), flags: { values: [] } };
  const choices = { settingsFor: settingsReader(call, undefined), hook: undefined, now: undefined };
  const answered = reading.calls.map((each) => answerRecorded(each, choices));
  expect(answered.flatMap(({ remarks }) => remarks.filter(({ level }) => level === 'error'))).toEqual([]);
  const synced = answered.flatMap(({ title, replayed }) =>
    replayed.outcome === 'synced' ? [{ parent: title.replace(/ at \S+$/, ''), changes: replayed.changes }] : [],
  );
  const groups = [...Map.groupBy(synced, ({ parent }) => parent)];
  return new Map(groups.map(([parent, calls]) => [parent, calls.map(({ changes }) => changes)]));
}

/** Whether a stored value is the predicted one, apart from values that the API server adds to what was not there before. */
function isWith(stored: unknown, predicted: unknown, before: unknown): boolean {
  if (isPlainObject(stored) && isPlainObject(predicted)) {
    const earlier = isPlainObject(before) ? before : {};
    const names = [...new Set([...Object.keys(stored), ...Object.keys(predicted)])];
    return names.every((name) =>
      name in predicted ? isWith(stored[name], predicted[name], earlier[name]) : !(name in earlier),
    );
  }
  if (Array.isArray(stored) && Array.isArray(predicted)) {
    const earlier = Array.isArray(before) ? before : [];
    return (
      stored.length === predicted.length &&
      stored.every((item, index) => isWith(item, predicted[index], earlier[index]))
    );
  }
  return stored === predicted;
}

/** A child without what other writers than Metacontroller set at each write. */
function comparable(child: PlainObject | undefined): unknown {
  const { status: _status, metadata, ...rest } = child ?? {};
  const { labels, annotations } = isPlainObject(metadata) ? metadata : {};
  const { 'deployment.kubernetes.io/revision': _revision, ...own } = isPlainObject(annotations) ? annotations : {};
  return reorder({ ...rest, labels, annotations: own }, codeUnitOrder);
}
