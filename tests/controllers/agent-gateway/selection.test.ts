import { describe, expect, it } from 'vitest';
import { agentGateway } from '../../../controllers/agent-gateway/controller.ts';
import {
  agent,
  gateway,
  gatewayClass,
  type KubernetesObject,
  OURS,
  observed,
  PROGRESSING,
  rowsOf,
  sync,
} from '../../support/gateways.ts';
import { table } from '../../support/rendering.ts';
import { testSettings } from '../../support/service.ts';
import { filesOf, idsIn, MANY_FILES } from '../../support/settings-form.ts';

const SELECTOR = '{"matchLabels":{"gateway":"public"}}';
const settings = { AGENT_GATEWAY_AGENT_SELECTOR: SELECTOR };
const LATER = '2026-06-01T01:00:00Z';

const labelled = (id: string, labels?: object) => agent(id, { metadata: { labels } });
const one = labelled('a/one', { gateway: 'public', team: 'a' });
const two = labelled('a/two', { gateway: 'public' });
const internal = labelled('a/internal', { gateway: 'internal' });
const bare = agent('a/bare');

/** What customize asks for of Agents. */
function asked(variables: object) {
  const answer = agentGateway.customize?.(gateway(), testSettings({ ...variables }).controllers);
  return answer?.outcome === 'related' ? answer.rules.find(({ resource }) => resource === 'agents') : undefined;
}

describe('the Agents of a gateway can be selected by their labels', () => {
  it('in the answer of customize, so that no others are sent', () => {
    const all = { apiVersion: 'runtime.agentic-layer.ai/v1alpha1', resource: 'agents' };
    const expressions = [{ key: 'stage', operator: 'In', values: ['dev', 'test'] }];
    expect(asked(settings)).toEqual({ ...all, labelSelector: { matchLabels: { gateway: 'public' } } });
    expect(asked({ AGENT_GATEWAY_AGENT_SELECTOR: JSON.stringify({ matchExpressions: expressions }) })).toEqual({
      ...all,
      labelSelector: { matchExpressions: expressions },
    });
    for (const everything of ['{}', 'matchLabels: {}', '{"matchLabels":{},"matchExpressions":[]}']) {
      expect(asked({ AGENT_GATEWAY_AGENT_SELECTOR: everything })).toEqual(all);
    }
  });

  it('and those that are sent by an earlier answer count as if they were not there', () => {
    const without = sync({ related: [one, two], settings });
    const misfit = { ...bare, status: { url: 7 } };
    const withOthers = sync({ related: [one, two, internal, misfit], settings });
    expect(withOthers.attachments).toEqual(without.attachments);
    expect(withOthers.status).toEqual(without.status);
    expect(withOthers.reply.problems).toEqual(without.reply.problems);
    expect(idsIn(without.attachments)).toEqual(['a/one', 'a/two']);
  });

  it('also if they do not fit their schema, which names them in the status', () => {
    const misfit = { ...one, status: { url: 7 } };
    expect(sync({ related: [misfit, two], settings }).conditions['ResolvedRefs']?.message).toContain('a/one');
  });

  it('and short paths are those of the selected ones', () => {
    const twin = labelled('b/one', { gateway: 'internal' });
    expect(rowsOf({ related: [one, twin], settings })).toContainEqual(expect.arrayContaining(['/one', 'a/one']));
    expect(rowsOf({ related: [one, twin] })).not.toContainEqual(expect.arrayContaining(['/one']));
  });

  it('and the status says so, in the words of kubectl, without naming what is not sent', () => {
    const { message } = sync({ related: [one], settings }).conditions['Accepted'] ?? {};
    expect(message).toContain(
      'only Agents that AGENT_GATEWAY_AGENT_SELECTOR selects by their labels are served: gateway=public',
    );
    expect(sync({ related: [one] }).conditions['Accepted']?.message).not.toContain('AGENT_GATEWAY_AGENT_SELECTOR');
  });
});

describe('an agent whose label is removed', () => {
  const whole = sync({ related: [one, two], settings });
  const unlabelled = [labelled('a/one', { gateway: 'internal' }), two];
  const answer = (related: readonly KubernetesObject[], more: object = {}) =>
    sync({ related, children: observed(whole.attachments, more), settings, now: LATER });

  it.each([
    ['is still sent', unlabelled],
    ['is not sent any more', [two]],
  ])('is withdrawn at once, also during a rollout, if it %s', (_how, related) => {
    for (const status of [{}, { conditions: PROGRESSING }]) {
      const { attachments, resyncAfterSeconds } = answer(related, status);
      expect(attachments).toEqual(sync({ related: [two], settings }).attachments);
      expect(resyncAfterSeconds).toBeUndefined();
    }
  });

  it('is kept for 30 seconds if all agents vanish with it, as any other is', () => {
    const none = [labelled('a/one'), labelled('a/two')];
    const first = answer(none);
    expect(first.krakendJson).toBe(whole.krakendJson);
    expect(first.resyncAfterSeconds).toBe(30);
    expect(first.conditions['Programmed']?.message).toContain('All agents vanished at once');
    const status = { conditions: first.status?.['conditions'] };
    const later = sync({
      parent: { ...gateway(), status },
      related: none,
      children: observed(first.attachments),
      settings,
      now: '2026-06-01T01:00:31Z',
    });
    expect(idsIn(later.attachments)).toEqual([]);
  });

  it('leaves the settings files of a large gateway', () => {
    const many = Array.from({ length: 60 }, (_, index) => labelled(`a/agent-${index}`, { gateway: 'public' }));
    const large = { ...settings, ...MANY_FILES };
    const full = sync({ related: many, settings: large });
    const [, ...rest] = many;
    const children = observed(full.attachments);
    const { attachments } = sync({
      related: [labelled('a/agent-0'), ...rest],
      children,
      settings: large,
      now: LATER,
    });
    expect(filesOf(attachments).files?.settings).toHaveLength(1);
    expect(idsIn(attachments)).toHaveLength(59);
    expect(idsIn(attachments)).not.toContain('a/agent-0');
  });
});

describe('an Agent that has the name of the gateway and is not selected', () => {
  const namesake = labelled('team/gw');

  it('is found by its Deployment or its Service', () => {
    for (const [apiVersion, kind] of [
      ['apps/v1', 'Deployment'],
      ['v1', 'Service'],
    ] as const) {
      const metadata = {
        name: 'gw',
        namespace: 'team',
        ownerReferences: [{ uid: 'of-the-agent', controller: true }],
      };
      const spec = kind === 'Deployment' ? { template: { spec: {} } } : {};
      const { conditions, reply } = sync({ related: [{ apiVersion, kind, metadata, spec }], settings });
      expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'NameConflict' });
      expect(reply.outcome).toBe('release');
    }
  });

  it('does not count before it has one, also if it is still sent', () => {
    expect(sync({ related: [namesake], settings }).conditions['Accepted']?.status).toBe('True');
    expect(sync({ related: [namesake] }).conditions['Accepted']?.reason).toBe('NameConflict');
  });
});

describe('render', () => {
  const documents = [gatewayClass('krakend', OURS, true), gateway(), one, internal, bare];
  const flag = ['--agent-gateway-agent-selector', SELECTOR];
  const NOTE = 'no gateway serves it, because AGENT_GATEWAY_AGENT_SELECTOR does not select its labels';

  it('notes each exposed Agent that is not selected, and has rows of the others', () => {
    const hidden = agent('a/hidden', { exposed: false });
    const { code, stdout, stderr } = table([...documents, hidden], ...flag);
    expect(stderr.split('\n').filter((line) => line.includes(NOTE))).toEqual([
      `note: Agent a/internal: ${NOTE}`,
      `note: Agent a/bare: ${NOTE}`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('/a/one');
    expect(stdout).not.toContain('/a/internal');
    expect(table(documents, ...flag, '--strict').code).toBe(1);
    expect(table(documents).stderr).not.toContain(NOTE);
  });

  it('has the reason in the table of routes', () => {
    expect(table(documents, ...flag, '--agent-routes').stdout).toMatch(/Agent a\/internal +none \(NotSelected\)/);
  });

  it('refuses a selector that is not valid, and names the flag', () => {
    const { code, stderr } = table(documents, '--agent-gateway-agent-selector', 'matchlabels: {a: b}');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(
        'error: --agent-gateway-agent-selector: "matchlabels: {a: b}" is not valid (selector.matchlabels: ',
      ),
    });
  });
});
