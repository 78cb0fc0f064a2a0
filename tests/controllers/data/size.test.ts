import { describe, expect, it } from 'vitest';
import { whyTooLarge } from '../../../controllers/data/size.ts';
import * as gateways from '../../support/gateways.ts';
import * as kaos from '../../support/kaos.ts';

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });
const named = (names: number) => Object.fromEntries(Array.from({ length: names }, (_, index) => [`k${index}`, 1]));
const env = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `V${index}`, value: 'v' }));

const VALUES = 'has too many values; expected at most 30000 in all lists and maps together';
const LEVELS = 'is nested too deeply; expected at most 100 levels of lists and maps';
const NAMES = 'has maps of too many names; expected at most 5000 in all maps of more than 100';

describe('whyTooLarge', () => {
  it.each<[string, unknown, string | undefined]>([
    ['nothing', undefined, undefined],
    ['29,998 values in a list in an object', { a: Array(29_998).fill(1) }, undefined],
    ['29,999 values in a list in an object', { a: Array(29_999).fill(1) }, VALUES],
    ['100 levels', nested(100), undefined],
    ['101 levels', nested(101), LEVELS],
    ['5,000 names in one map', named(5000), undefined],
    ['5,001 names in two maps', [named(2500), named(2501)], NAMES],
    ['10,000 names in maps of 100', Array(100).fill(named(100)), undefined],
  ])('of %s', (_what, value, why) => {
    expect(whyTooLarge(value)).toBe(why);
  });
});

describe('a spec that is too large', () => {
  it('leaves a gateway as it is, and asks for nothing that it refers to', () => {
    const before = gateways.sync({}).attachments;
    const parent = gateways.gateway({ env: env(20_000) });
    const { attachments, conditions, reply } = gateways.sync({ parent, children: gateways.observed(before) });
    expect(conditions['Accepted']).toMatchObject({
      status: 'False',
      reason: 'SpecTooLarge',
      message: `spec: ${VALUES}`,
    });
    expect(attachments.map(({ kind, spec, data }) => ({ kind, spec, data }))).toEqual(
      expect.arrayContaining(before.map(({ kind, data }) => expect.objectContaining({ kind, data }))),
    );
    expect(reply.problems).toMatchObject([{ reason: 'GatewayProblem', message: `spec: ${VALUES}` }]);
  });

  it.each([kaos.agent, kaos.modelApi, kaos.mcpServer])('holds a KAOS resource with its children', (resource) => {
    const related = [kaos.registry(), kaos.ready(kaos.modelApi())];
    const before = kaos.sync({ parent: resource(), related }).children;
    expect(before.length).toBeGreaterThan(1);
    const parent = resource({ podSpec: { volumes: [{ name: 'v', csi: nested(200) }] } });
    const { children, status, conditions } = kaos.sync({ parent, related, children: kaos.observed(before) });
    expect(status).toMatchObject({ phase: 'Failed', message: `spec: ${LEVELS}` });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'SpecTooLarge' });
    expect(conditions['ResolvedRefs']).toMatchObject({ status: 'True' });
    expect(children.map(({ kind }) => kind).sort()).toEqual(before.map(({ kind }) => kind).sort());
  });

  it('asks for none of the objects that it names', () => {
    const access = Array.from({ length: 50_000 }, (_, index) => `peer-${index}`);
    const rules = kaos.related(kaos.agent({ agentNetwork: { access } }));
    expect(rules.flatMap(({ names = [] }) => names).filter((name) => name.startsWith('peer-'))).toEqual([]);
  });
});
