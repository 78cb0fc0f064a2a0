import { describe, expect, it } from 'vitest';
import { agent, gateway, type KubernetesObject, observed, sync } from '../../support/gateways.ts';
import { filesOf, idsIn, MANY_FILES } from '../../support/settings-form.ts';

const LATER = '2026-06-01T01:00:00Z';
const CROWD = Array.from({ length: 1500 }, (_, index) => agent(`team-a/agent-${String(index).padStart(5, '0')}`));
const DENIED = 'team-a/agent-00000';
const RULES = { rules: [{ match: { names: ['agent-00000'] }, deny: true as const }] };
const GUARDRAILS = { parent: gateway({ guardrails: [{ name: 'x' }] }), more: { AGENT_GATEWAY_GUARDRAILS: 'refuse' } };
const NO_CLASS = { parent: gateway({ agentGatewayClassName: 'missing' }), more: {} };

const FORMS = [
  ['one file', {}],
  ['settings files', MANY_FILES],
] as const;
const REFUSALS = [
  ['guardrails', GUARDRAILS],
  ['a class that does not exist', NO_CLASS],
] as const;

const mapsOf = (children: readonly KubernetesObject[]) => children.filter(({ kind }) => kind === 'ConfigMap');
const without = (children: readonly KubernetesObject[], lost: KubernetesObject | undefined) =>
  children.filter((each) => each !== lost);
const namesOf = (children: readonly KubernetesObject[]) => mapsOf(children).map(({ metadata }) => metadata.name);
/** The ConfigMaps that the pods of an answer read. */
const readBy = (children: readonly KubernetesObject[]) => {
  const volume = children.find(({ kind }) => kind === 'Deployment') as unknown as Pods | undefined;
  const [{ configMap, projected } = {}] = volume?.spec.template.spec.volumes ?? [];
  return configMap ? [configMap.name] : (projected?.sources ?? []).map((source) => source.configMap.name);
};
interface Pods {
  readonly spec: { readonly template: { readonly spec: { readonly volumes: readonly Volume[] } } };
}
interface Volume {
  readonly configMap?: { readonly name: string };
  readonly projected?: { readonly sources: readonly { readonly configMap: { readonly name: string } }[] };
}

describe.each(FORMS)('a gateway with %s, of which one was deleted', (_form, form) => {
  const first = sync({ related: CROWD, settings: form });
  const lost = mapsOf(first.attachments).at(-1);
  const children = observed(without(first.attachments, lost));

  it.each(REFUSALS)('still closes an agent if it is refused by %s', (_why, { parent, more }) => {
    const settings = { ...form, ...more };
    const answer = sync({ parent, children, settings, related: CROWD, rules: RULES, now: LATER });
    expect(idsIn(answer.attachments)).toEqual(CROWD.slice(1).map(({ metadata }) => `team-a/${metadata.name}`));
    expect(namesOf(answer.attachments)).toEqual(expect.arrayContaining(readBy(answer.attachments)));
    expect(answer.pod.metadata.annotations).not.toEqual(first.pod.metadata.annotations);
    expect(idsIn(answer.attachments)).not.toContain(DENIED);
    const again = sync({
      parent,
      settings,
      related: CROWD,
      rules: RULES,
      now: LATER,
      children: observed(answer.attachments),
    });
    expect(again.pod).toEqual(answer.pod);
  });

  it('has all files that its pods read, although it is refused and other agents are there now', () => {
    const { parent, more } = GUARDRAILS;
    const related = [...CROWD.slice(0, -1), agent('zzz/new')];
    const answer = sync({ parent, children, related, settings: { ...form, ...more }, now: LATER });
    expect(namesOf(answer.attachments)).toEqual(expect.arrayContaining(readBy(answer.attachments)));
    expect(filesOf(answer.attachments).files).toBeDefined();
  });
});

describe.each(FORMS)('a gateway with %s, of which one has another text and cannot be changed', (_form, form) => {
  const first = sync({ related: CROWD, settings: form });
  const [changed] = mapsOf(first.attachments);
  const tampered = { ...changed, data: { 'krakend.json': '{}' }, immutable: true } as KubernetesObject;
  const children = observed(first.attachments.map((each) => (each === changed ? tampered : each)));

  it('does not answer it, so that it is deleted, and makes it again then', () => {
    const answer = sync({ related: CROWD, settings: form, now: LATER, children });
    expect(namesOf(answer.attachments)).not.toContain(changed?.metadata.name);
    expect(answer.pod).toEqual(first.pod);
    const again = sync({ related: CROWD, settings: form, now: LATER, children: observed(answer.attachments) });
    expect(again.attachments).toEqual(first.attachments);
  });
});
