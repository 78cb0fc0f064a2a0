import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Controller } from '../../controllers/contract.ts';
import type { KindNames } from '../../controllers/reading.ts';
import { controllers } from '../../controllers/registry.ts';
import { all, one, type Values, withHelm } from '../support/helm.ts';
import { ROOT } from '../support/run.ts';
import { ELECTED, ENFORCED, GATEWAY_ON, IDENTITY_ON, isOfAccess, OFF, type Rule, rules, TLS } from './rules.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];
const FEATURES: Readonly<Record<string, string>> = {
  'kaos-routes': 'kaosRoutes.enabled',
  'agent-gateway': 'agentGateway.enabled',
  'agent-routes': 'agentRoutes.enabled',
  'kaos-runtime-agent': 'kaosRuntime.enabled',
  'kaos-runtime-modelapi': 'kaosRuntime.enabled',
  'kaos-runtime-mcpserver': 'kaosRuntime.enabled',
  'kaos-runtime-memorystore': 'kaosRuntime.enabled',
  'kaos-runtime-accessgrant': 'kaosRuntime.enabled',
  'gateway-address': 'kaosRuntime.enabled',
};
/** The controller that needs the Gateway API too, and that its address by setting turns off. Its permissions have a test of their own. */
const isOfGateway = ({ name }: Controller) => name === 'gateway-address';
/** Values without which a feature cannot be on. */
const NEEDED_BY: Readonly<Record<string, Values>> = { 'agentRoutes.enabled': GATEWAY_ON };
const only = (feature: string): Values => ({ ...OFF, ...NEEDED_BY[feature], [feature]: 'true' });
const isOfFeature = (feature: string) => (controller: Controller) =>
  FEATURES[controller.name] === feature && !isOfGateway(controller);
const BY_FEATURE = [...new Set(Object.values(FEATURES))].map(
  (feature) => [feature, controllers.filter(isOfFeature(feature))] as const,
);
const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';
const ADDRESS = { 'gatewayAPI.address': 'http://gateway.example.com' };
/** RBAC cannot restrict `create` by name, so only the other verbs name the lease. */
const LEASE: readonly Rule[] = [
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
  {
    apiGroups: ['coordination.k8s.io'],
    resources: ['leases'],
    resourceNames: ['metacontroller'],
    verbs: ['get', 'update'],
  },
];
const CA_BUNDLE = { 'tls.caBundle': '-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n' };

/** Permissions for any set of controllers: Metacontroller watches controllers, reads namespaces and writes events. */
const ENGINE = [
  ...permissions('metacontroller.k8s.io', 'compositecontrollers', READ),
  ...permissions('metacontroller.k8s.io', 'controllerrevisions', READ),
  ...permissions('metacontroller.k8s.io', 'decoratorcontrollers', READ),
  ...permissions('', 'namespaces', READ),
  ...permissions('', 'events', ['create', 'patch']),
];
/** Permissions for a CompositeController: Metacontroller reads the CRDs of parents and writes only their status. */
const OF_COMPOSITES = permissions('apiextensions.k8s.io', 'customresourcedefinitions', READ);

function permissions(group: string, resource: string, verbs: readonly string[]): string[] {
  return verbs.map((verb) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`);
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** Whether any fixture's answer has a status. A decorator writes its parents only if it returns a status, labels or annotations. */
function writesParents(controller: string): boolean {
  const folder = path.join(ROOT, 'tests/fixtures', controller);
  const answers = readdirSync(folder).filter((name) => name.endsWith('.sync.response.json'));
  expect(answers.length).toBeGreaterThan(0);
  return answers.some((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')).status !== null);
}

/** Related kinds whose permissions have tests of their own. */
const COVERED_ELSEWHERE = ['Secret', 'HTTPRoute'];

/** A controller without access rules and while the Gateway API is off. An AgentGateway then has no route. */
function withoutGatewayApi(controller: Controller): Controller {
  const { name, children, related } = controller;
  const isOther = (kind: KindNames) =>
    !isOfAccess(kind) && (name !== 'agent-gateway' || groupOf(kind.apiVersion) !== GATEWAY_API_GROUP);
  return { ...controller, children: children.filter(isOther), related: related.filter(isOther) };
}

/** Permissions for a controller in the registry. */
function needs(controller: Controller): string[] {
  const { name, type, parents, children, related } = withoutGatewayApi(controller);
  const writes = writesParents(name);
  const isComposite = type === 'composite';
  return [
    ...(isComposite ? OF_COMPOSITES : []),
    ...parents.flatMap(({ apiVersion, resource }) => [
      ...permissions(groupOf(apiVersion), resource, writes && !isComposite ? [...READ, 'update'] : READ),
      ...permissions(groupOf(apiVersion), `${resource}/status`, writes ? ['update'] : []),
    ]),
    ...children.flatMap(({ apiVersion, resource }) => permissions(groupOf(apiVersion), resource, WRITE)),
    ...related
      .filter(({ kind }) => !COVERED_ELSEWHERE.includes(kind))
      .flatMap(({ apiVersion, resource }) => permissions(groupOf(apiVersion), resource, READ)),
  ];
}

const sorted = (list: readonly string[]) => [...new Set(list)].sort();

function granted(rules: readonly Rule[]): string[] {
  return sorted(
    rules.flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) => resources.flatMap((resource) => permissions(group, resource, verbs))),
    ),
  );
}

const secrets = (values: Values) => granted(rules(values)).filter((permission) => permission.includes('secrets'));

withHelm.describe("Metacontroller's role", () => {
  it('covers every controller in the registry', () => {
    expect(Object.keys(FEATURES)).toEqual(controllers.map(({ name }) => name));
  });

  it('has only what Metacontroller itself needs, with every feature off', () => {
    expect(granted(rules(OFF))).toEqual(sorted(ENGINE));
  });

  it.each(BY_FEATURE)('also has what the registry says, verb by verb, with %s on', (feature, ofFeature) => {
    const values = { ...only(feature), ...IDENTITY_ON };
    expect(granted(rules(values))).toEqual(sorted([...ENGINE, ...ofFeature.flatMap(needs)]));
  });

  it('has what the registry says of all controllers, with every feature on', () => {
    const features = Object.fromEntries(BY_FEATURE.map(([feature]) => [feature, 'true']));
    const values = { ...IDENTITY_ON, ...GATEWAY_ON, ...ADDRESS, ...features };
    expect(granted(rules(values))).toEqual(
      sorted([...ENGINE, ...controllers.filter((one) => !isOfGateway(one)).flatMap(needs)]),
    );
  });

  it('has accounts only if Agents have an identity', () => {
    const accounts = (values: Values) =>
      granted(rules({ 'kaosRuntime.enabled': 'true', ...values })).filter((one) => one.endsWith(' serviceaccounts'));
    expect(accounts(IDENTITY_ON)).toEqual(permissions('', 'serviceaccounts', WRITE).sort());
    expect(accounts({})).toEqual([]);
    expect(accounts({ ...IDENTITY_ON, 'kaosRuntime.enabled': 'false' })).toEqual([]);
  });

  it.each<[Values, readonly string[]]>([
    [{}, []],
    [{ ...GATEWAY_ON, 'kaosRuntime.enabled': 'false' }, []],
    [GATEWAY_ON, permissions(GATEWAY_API_GROUP, 'gateways', READ)],
    [{ ...GATEWAY_ON, ...ADDRESS, ...ENFORCED }, []],
    [
      { ...GATEWAY_ON, ...ENFORCED },
      [
        ...permissions(GATEWAY_API_GROUP, 'gateways', READ),
        ...permissions(GATEWAY_API_GROUP, 'gateways/finalizers', ['update']),
      ],
    ],
  ])('has what the KAOS runtime needs of the Gateway API with %j: %j', (values, more) => {
    const asked = new Set(granted(rules({ 'kaosRuntime.enabled': 'true', ...values })));
    expect([...asked].filter((permission) => / gateways[./]/.test(permission)).sort()).toEqual([...more].sort());
    // If the Gateway API is on, there are routes. The runtime only reads them.
    expect(permissions(GATEWAY_API_GROUP, 'httproutes', READ).filter((permission) => !asked.has(permission))).toEqual(
      [],
    );
  });

  it.each<[Values, readonly string[]]>([
    [{}, []],
    [
      GATEWAY_ON,
      [
        ...permissions(GATEWAY_API_GROUP, 'httproutes', WRITE),
        ...permissions(GATEWAY_API_GROUP, 'gatewayclasses', READ),
      ],
    ],
  ])('has what AgentGateways need of the Gateway API with %j: %j', (values, more) => {
    const asked = granted(rules({ ...OFF, 'agentGateway.enabled': 'true', ...values }));
    expect(asked.filter((permission) => permission.endsWith(`.${GATEWAY_API_GROUP}`))).toEqual(sorted(more));
  });

  it.each(BY_FEATURE)('has the finalizers of the parents of %s if the values ask for them', (feature, ofFeature) => {
    const values = only(feature);
    const more = granted(rules({ ...values, ...ENFORCED })).filter((one) => !granted(rules(values)).includes(one));
    const parents = ofFeature.filter(({ children }) => children.length > 0).flatMap(({ parents: own }) => own);
    const finalizers = parents.flatMap(({ apiVersion, resource }) =>
      permissions(groupOf(apiVersion), `${resource}/finalizers`, ['update']),
    );
    expect(more).toEqual(sorted(finalizers));
  });

  it('has no leases, because it would hold those of all programs in the cluster', () => {
    expect(granted(rules({ ...OFF, ...ELECTED }))).toEqual(sorted(ENGINE));
  });

  it('has a Role for its one lease in its own namespace, if the values ask for it', () => {
    const name = 'kaos-agent-gateway-hooks-metacontroller-lease';
    const values = { ...ELECTED, 'metacontroller.role.bindTo.namespace': 'engines' };
    expect(one('Role', values)).toMatchObject({ metadata: { name, namespace: 'engines' }, rules: LEASE });
    expect(one('RoleBinding', { ...values, 'metacontroller.role.bindTo.serviceAccount': 'engine' })).toMatchObject({
      metadata: { name, namespace: 'engines' },
      roleRef: { kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: 'engine', namespace: 'engines' }],
    });
    expect(all('RoleBinding', values)).toEqual([]);
    expect(all('Role', { ...values, 'metacontroller.role.create': 'false' })).toEqual([]);
  });

  it.each<[string, Values]>([
    ['a token', { 'auth.token.existingSecret': 'tokens' }],
    ['the CA in a Secret', TLS],
    [
      'a client certificate',
      { ...TLS, ...CA_BUNDLE, 'tls.clientAuth.enabled': 'true', 'tls.clientAuth.existingSecret': 'client' },
    ],
    [
      'hashes of Secrets',
      { ...TLS, ...CA_BUNDLE, 'agentGateway.enabled': 'true', 'agentGateway.referenceHashKeySecret': 'hash-key' },
    ],
    [
      'hashes of Secrets with the configuration of ModelAPIs',
      { ...TLS, ...CA_BUNDLE, 'kaosRuntime.enabled': 'true', 'agentGateway.referenceHashKeySecret': 'hash-key' },
    ],
  ])('can read Secrets with %s', (_what, values) => {
    expect(secrets(values)).toEqual(permissions('', 'secrets', READ).sort());
  });

  it.each<[string, Values]>([
    ['no credentials', { 'agentGateway.enabled': 'true', 'kaosRuntime.enabled': 'true' }],
    ['the CA in the values', { ...TLS, ...CA_BUNDLE }],
    [
      'a key for hashes that no controller uses',
      { ...TLS, ...CA_BUNDLE, 'agentGateway.referenceHashKeySecret': 'hash-key' },
    ],
  ])('cannot read Secrets with %s', (_what, values) => {
    expect(secrets(values)).toEqual([]);
  });

  it('is bound to the service account in the values', () => {
    const values = { 'metacontroller.role.bindTo.serviceAccount': 'engine' };
    const name = 'kaos-agent-gateway-hooks-metacontroller';
    expect(one('ClusterRole').metadata.name).toBe(name);
    expect(one('ClusterRoleBinding', values)).toMatchObject({
      roleRef: { kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', name: 'engine', namespace: 'metacontroller' }],
    });
    expect(all('ClusterRoleBinding')).toEqual([]);
  });

  it('has its aggregation label, and can be turned off', () => {
    expect(one('ClusterRole').metadata).toMatchObject({
      labels: { 'agent-gateway-hooks/aggregate-to-metacontroller': 'true' },
    });
    expect(all('ClusterRole', { 'metacontroller.role.create': 'false' })).toEqual([]);
  });
});
