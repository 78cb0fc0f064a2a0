import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JWT } from '../../support/access.ts';
import {
  agent,
  child,
  gateway,
  type KubernetesObject,
  observed,
  PROGRESSING,
  rowsOf,
  sync,
} from '../../support/gateways.ts';
import { assertReaching } from '../../support/reaching.ts';
import { filesOf, idsIn, MANY_FILES } from '../../support/settings-form.ts';

const CREATED = { creationTimestamp: '2026-01-01T00:00:00Z' };
const LATER = '2026-06-01T01:00:00Z';

const team = (count: number, namespace = 'team-a') =>
  Array.from({ length: count }, (_, index) => agent(`${namespace}/agent-${String(index).padStart(5, '0')}`));
const mapsOf = (children: readonly KubernetesObject[]) =>
  children.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata }) => metadata.name);
const readNow = (children: readonly KubernetesObject[]) =>
  filesOf(children).configMaps.map(({ metadata }) => metadata.name);

/** The next answer, an hour later: what is observed is what was answered. */
function next(last: readonly KubernetesObject[], related: readonly KubernetesObject[], status: object = {}) {
  return sync({ related, children: observed(last, status), settings: MANY_FILES, now: LATER });
}

describe('a gateway whose agents do not fit into one file', () => {
  const MANY = team(1500);
  const first = sync({ related: MANY, settings: MANY_FILES });
  const settingsFiles = filesOf(first.attachments).files?.settings ?? [];

  it('has them all in settings files, and none is left out', () => {
    expect(idsIn(first.attachments)).toEqual(MANY.map(({ metadata }) => `team-a/${metadata.name}`));
    expect(settingsFiles.length).toBeGreaterThan(1);
    expect(first.conditions['ResolvedRefs']?.status).toBe('True');
  });

  it('has a krakend.json that is the same for any number of agents', () => {
    const { files } = filesOf(first.attachments);
    const other = filesOf(sync({ related: team(60), settings: MANY_FILES }).attachments).files;
    expect(other?.settings).toHaveLength(1);
    expect(files?.krakendJson).toBe(other?.krakendJson);
  });

  it('has ConfigMaps that never change, and pods with one volume of all of them', () => {
    const configMaps = first.attachments.filter(({ kind }) => kind === 'ConfigMap');
    expect(configMaps.map((each) => each['immutable'])).toEqual([true, ...settingsFiles.map(() => true)]);
    const { volumes, containers } = first.pod.spec;
    const sources = volumes[0].projected.sources.map((source: { configMap: unknown }) => source.configMap);
    expect(sources).toEqual(
      mapsOf(first.attachments).map((name, index) => ({
        name,
        items: [
          index === 0
            ? { key: 'krakend.json', path: 'krakend.json' }
            : { key: 'agents.json', path: `settings/agents-000${index - 1}.json` },
        ],
      })),
    );
    expect(containers[0].env).toContainEqual({ name: 'FC_SETTINGS', value: '/etc/krakend/settings' });
    expect(first.deployment.spec.progressDeadlineSeconds).toBe(600);
    expect(containers[0].startupProbe).toMatchObject({ periodSeconds: 5, failureThreshold: 60 });
  });

  it('has one variable with their folder, also if a ConfigMap could set it', () => {
    const parent = gateway({ envFrom: [{ configMapRef: { name: 'x' } }] });
    const { env } = sync({ parent, related: MANY, settings: MANY_FILES }).pod.spec.containers[0];
    const found = env.filter(({ name }: { name: string }) => name === 'FC_SETTINGS');
    expect(found).toEqual([{ name: 'FC_SETTINGS', value: '/etc/krakend/settings' }]);
  });

  it('gives the same answer again once it is rolled out, and says how full it is', () => {
    const second = next(first.attachments, MANY);
    expect(second.attachments).toEqual(first.attachments);
    expect(second.resyncAfterSeconds).toBeUndefined();
    expect(second.conditions['Programmed']).toMatchObject({
      status: 'True',
      message: `The latest configuration is in use: 1500 agents in ${settingsFiles.length} settings files, 4 % of AGENT_GATEWAY_SETTINGS_LIMIT_KIB=4096`,
    });
  });

  it('shows each address in the table of render', () => {
    const rows = rowsOf({ related: team(60), settings: MANY_FILES });
    const plain = rowsOf({ related: team(60) });
    expect(rows).toEqual(plain);
    expect(rows.length).toBeGreaterThan(240);
  });

  it('keeps the old files until the rollout is over, and then releases them', () => {
    const more = [...MANY, agent('team-a/one-more', { metadata: CREATED })];
    const changed = next(first.attachments, more);
    const old = mapsOf(first.attachments);
    expect(mapsOf(changed.attachments)).toEqual(expect.arrayContaining(old));
    expect(idsIn(changed.attachments)).toContain('team-a/one-more');
    const rolling = next(changed.attachments, more, { replicas: 2, updatedReplicas: 1, conditions: PROGRESSING });
    expect(mapsOf(rolling.attachments).toSorted()).toEqual(mapsOf(changed.attachments).toSorted());
    const failed = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
    const stuck = next(changed.attachments, more, { replicas: 2, updatedReplicas: 1, conditions: failed });
    expect(mapsOf(stuck.attachments)).toEqual(expect.arrayContaining(old));
    const over = next(changed.attachments, more);
    expect(mapsOf(over.attachments).toSorted()).toEqual([...readNow(changed.attachments)].toSorted());
    expect(mapsOf(over.attachments)).not.toEqual(expect.arrayContaining(old));
  });

  it('keeps as many old files as a gateway can have and 64 more, and first the oldest', () => {
    const stale = Array.from({ length: 250 }, (_, index) => ({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', data: { 'agents.json': '{"agents":[]}' }, immutable: true },
      metadata: {
        ...{ name: `gw-krakend-config-${index}`, namespace: 'team', labels: { app: 'gw' } },
        creationTimestamp: `2026-05-01T00:${String(index % 60).padStart(2, '0')}:${String(index % 7).padStart(2, '0')}Z`,
      },
    }));
    const more = [...MANY, agent('team-a/one-more', { metadata: CREATED })];
    const children = [...observed(first.attachments), ...stale];
    const answer = sync({ related: more, children, settings: MANY_FILES, now: LATER });
    const kept = mapsOf(answer.attachments).filter((name) => /config-\d{1,3}$/.test(name));
    expect(kept).toHaveLength(4096 / 32 + 1 + 64);
    expect(mapsOf(answer.attachments)).toEqual(expect.arrayContaining(mapsOf(first.attachments)));
    expect(kept).toContain('gw-krakend-config-0');
    expect(kept).not.toContain('gw-krakend-config-59');
  });

  it('makes a missing file again', () => {
    const [, , lost] = first.attachments;
    const left = first.attachments.filter((each) => each !== lost);
    const { attachments } = next(left, MANY);
    expect(mapsOf(attachments).toSorted()).toEqual(mapsOf(first.attachments).toSorted());
  });

  it('keeps its files although the Deployment is gone and nothing goes out', () => {
    const children = observed(first.attachments.filter(({ kind }) => kind !== 'Deployment'));
    const tooSmall = { AGENT_GATEWAY_CONFIG_LIMIT_KIB: '1' };
    const { attachments, conditions } = sync({ related: MANY, children, settings: tooSmall, now: LATER });
    expect(conditions['Programmed']?.reason).toBe('ConfigTooLarge');
    expect(mapsOf(attachments).toSorted()).toEqual(mapsOf(first.attachments).toSorted());
  });

  it('moves between the forms with the old files kept, both ways', () => {
    const few = team(2);
    const small = sync({ related: few, settings: MANY_FILES });
    expect(mapsOf(small.attachments)).toEqual(['gw-krakend-config']);
    const grown = next(small.attachments, MANY);
    expect(mapsOf(grown.attachments)).toContain('gw-krakend-config');
    expect(idsIn(grown.attachments)).toHaveLength(1500);
    const settled = next(grown.attachments, MANY);
    expect(mapsOf(settled.attachments)).not.toContain('gw-krakend-config');
    const shrunk = next(settled.attachments, few);
    expect(idsIn(shrunk.attachments)).toHaveLength(2);
    expect(mapsOf(shrunk.attachments)).toEqual(expect.arrayContaining(mapsOf(settled.attachments)));
    const back = next(shrunk.attachments, few);
    expect(back.attachments).toEqual(small.attachments);
  });

  it('names an agent with a token in its row, and closes it when its rule changes while the gateway is refused', () => {
    const rules = { rules: [{ match: { namespaces: ['team-a'] }, jwt: JWT }] };
    const guarded = sync({ related: MANY, settings: MANY_FILES, rules });
    const row = JSON.parse(filesOf(guarded.attachments).files?.settings[0] ?? '{}').agents[0];
    expect(row[6]).toMatch(/^[0-9a-f]{16}$/);
    expect(idsIn(guarded.attachments)).toHaveLength(1500);
    const refused = sync({
      ...{ related: MANY, settings: MANY_FILES, now: LATER, children: observed(guarded.attachments) },
      parent: { ...GATEWAY, spec: { agentGatewayClassName: 'missing' } },
      rules: { default: 'deny', rules: [] },
    });
    expect(idsIn(refused.attachments)).toEqual([]);
    expect(filesOf(refused.attachments).files?.settings).toEqual(['{"agents":[]}']);
    expect(mapsOf(refused.attachments)).toEqual(expect.arrayContaining(mapsOf(guarded.attachments)));
    expect(child(refused.attachments, 'Deployment').spec.template.metadata.annotations).not.toEqual(
      guarded.pod.metadata.annotations,
    );
  });

  it('leaves out what has no room, fairly, and warns before', () => {
    const bytes = settingsFiles.join('').length;
    const within = (share: number) => ({
      ...MANY_FILES,
      AGENT_GATEWAY_SETTINGS_LIMIT_KIB: String(Math.round(bytes / share / 1024)),
    });
    const full = sync({ related: [...MANY, ...team(20, 'team-b')], settings: within(1.2) });
    expect(idsIn(full.attachments).filter((id) => id.startsWith('team-b/'))).toHaveLength(20);
    expect(full.conditions['ResolvedRefs']?.message).toContain(
      'the configuration is full: its namespace has used its share of AGENT_GATEWAY_SETTINGS_LIMIT_KIB=',
    );
    const near = sync({ related: MANY, settings: within(0.9) });
    expect(near.conditions['ResolvedRefs']?.status).toBe('True');
    expect(near.reply.problems).toMatchObject([{ reason: 'ConfigNearlyFull' }]);
    expect(sync({ related: MANY, settings: within(0.7) }).reply.problems).toEqual([]);
  });
});

const GATEWAY = {
  apiVersion: 'runtime.agentic-layer.ai/v1alpha1',
  kind: 'AgentGateway',
  metadata: { name: 'gw', namespace: 'team', uid: 'uid-of-gw', generation: 3 },
};

describe('a change of one agent', () => {
  const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/);
  const crowd = [team(1500), team(1500, 'team-b'), team(1500, 'team-c')].flat();
  const before = filesOf(sync({ related: crowd, settings: MANY_FILES }).attachments).files?.settings ?? [];

  it('changes one file or two, wherever it is in the order', () => {
    expect(before.length).toBeGreaterThan(3);
    assertReaching({ numRuns: 40, floor: 30 }, (tell) =>
      fc.property(names, fc.constantFrom('a', 'team-a', 'team-b', 'zzz'), (name, namespace) => {
        const related = [...crowd, agent(`${namespace}/${name}`)];
        const after = filesOf(sync({ related, settings: MANY_FILES }).attachments).files?.settings ?? [];
        const fresh = after.filter((text) => !before.includes(text));
        expect(fresh.length).toBeLessThanOrEqual(2);
        tell(fresh.length === 1);
      }),
    );
  });
});
