import { expect, it } from 'vitest';
import { GATEWAY_API, KAOS_0_8, type Manifest, template, type Values, withHelm } from '../support/helm.ts';

const NAME = 'kaos-agent-gateway-hooks-kaos-routes';
const CRD_MISSING: readonly string[] = [];

withHelm.describe('the policy that protects foreign routes', () => {
  it.each<[string, Values, readonly string[], number]>([
    ['is there by default', {}, GATEWAY_API, 1],
    [
      'is there while routes are off, for the moment when they are turned on',
      { 'gatewayAPI.enabled': 'false' },
      GATEWAY_API,
      1,
    ],
    ['is there before the HTTPRoute CRD, if routes are on', { 'gatewayAPI.enabled': 'true' }, CRD_MISSING, 1],
    ['is missing with the controller in a cluster without HTTPRoutes', {}, CRD_MISSING, 0],
    ['is missing if the controller is turned off', { 'kaosRoutes.enabled': 'false' }, GATEWAY_API, 0],
  ])('%s', (_case, values, flags, count) => {
    const { manifests } = template(values, flags);
    const of = (kind: string): readonly Manifest[] => manifests.filter((manifest) => manifest.kind === kind);
    const controllers = of('DecoratorController').filter(({ metadata }) => metadata.name === 'kaos-routes');
    expect(controllers).toHaveLength(count);
    expect(of('ValidatingAdmissionPolicy').map(({ metadata }) => metadata.name)).toEqual(Array(count).fill(NAME));
    expect(of('ValidatingAdmissionPolicyBinding').map(({ spec }) => spec)).toEqual(
      Array(count).fill({ policyName: NAME, validationActions: ['Deny'] }),
    );
  });

  it('protects routes from each controller that makes them, with the same rules', () => {
    const values = { 'gatewayAPI.enabled': 'true', 'agentRoutes.enabled': 'true', 'agentGateway.enabled': 'true' };
    const { manifests } = template(values);
    const policies = manifests.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    const names = policies.map(({ metadata }) => metadata.name.replace('kaos-agent-gateway-hooks-', ''));
    expect(names).toEqual(['agent-gateway', 'agent-routes', 'kaos-routes']);
    const specs = policies.map(({ spec }, index) =>
      JSON.stringify(spec).replaceAll(`\\"${names[index]}\\"`, 'the controller'),
    );
    expect(new Set(specs).size).toBe(1);
  });

  it('comes with a controller for the kinds that the cluster has', () => {
    const kinds = (flags: readonly string[]) =>
      template({}, flags)
        .manifests.filter(({ kind }) => kind === 'DecoratorController')
        .flatMap(({ spec }) => (spec as { resources: readonly { resource: string }[] }).resources)
        .map(({ resource }) => resource);
    expect(kinds(GATEWAY_API)).toEqual(['agents', 'modelapis', 'mcpservers']);
    expect(kinds(KAOS_0_8)).toEqual(['agents', 'modelapis', 'mcpservers', 'memorystores']);
  });

  it('lets nothing through if it cannot be evaluated, and looks at no status', () => {
    const [policy] = template().manifests.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    const resourceRules = [expect.objectContaining({ resources: ['httproutes'], operations: ['UPDATE'] })];
    expect(policy?.['spec']).toMatchObject({ failurePolicy: 'Fail', matchConstraints: { resourceRules } });
  });
});
