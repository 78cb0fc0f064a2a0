import { beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readSettings, type Variables } from '../../webhooks/settings/settings.ts';
import { GATEWAY_API, helm, type Manifest, withHelm } from '../support/helm.ts';

const ON = ['agentGateway.enabled=true', 'agentRoutes.enabled=true', 'gatewayAPI.enabled=true'];
const SECOND = [
  'kaosRoutes.enabled=false',
  'agentGatewayClass.name=krakend-internal',
  'agentGatewayClass.default=false',
];
const INSTANCE = 'agentGateway.instance=internal';

function release(name: string, values: readonly string[]): readonly Manifest[] {
  const flags = [...ON, ...values].flatMap((value) => ['--set', value]);
  const { stdout, stderr } = helm('template', name, 'chart', '--namespace', 'gateways', ...flags, ...GATEWAY_API);
  expect(stderr).toBe('');
  return parseAllDocuments(stdout).map((document) => document.toJS());
}

const identity = ({ apiVersion, kind, metadata }: Manifest) =>
  `${kind}.${apiVersion} ${metadata.namespace ?? ''}/${metadata.name}`;

/** The objects that both releases would make, of which Helm refuses to install the second. */
function shared(one: readonly Manifest[], other: readonly Manifest[]): readonly string[] {
  const identities = new Set(one.map(identity));
  return other.map(identity).filter((name) => identities.has(name));
}

const specOf = (manifests: readonly Manifest[], kind: string) =>
  manifests.find((manifest) => manifest.kind === kind)?.['spec'];

withHelm.describe('two releases that make gateways, each for a part of the Agents', () => {
  let first: readonly Manifest[];
  let second: readonly Manifest[];
  beforeAll(() => {
    first = release('public', []);
    second = release('internal', [...SECOND, INSTANCE]);
  });

  it('share no object if one of them has an instance', () => {
    expect(shared(first, second)).toEqual([]);
    expect(shared(first, release('internal', SECOND))).toEqual([
      'DecoratorController.metacontroller.k8s.io/v1alpha1 /agent-gateway',
      'DecoratorController.metacontroller.k8s.io/v1alpha1 /agent-routes',
    ]);
  });

  it('have classes of their own controllers, which their services know', () => {
    const controllers = [first, second].map((manifests) => {
      const { controller } = specOf(manifests, 'AgentGatewayClass') as { readonly controller: string };
      const { data } = manifests.find(({ kind }) => kind === 'ConfigMap') as unknown as { readonly data: Variables };
      expect(readSettings(data)).toMatchObject({
        settings: { controllers: { agentGateway: { classController: controller } } },
      });
      return controller;
    });
    expect(new Set(controllers).size).toBe(2);
  });

  it('have policies that know the children of their own controllers', () => {
    const names = second.filter(({ kind }) => kind === 'DecoratorController').map(({ metadata }) => metadata.name);
    const policies = second.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy');
    expect(names).toEqual(['agent-gateway-internal', 'agent-routes-internal']);
    expect(policies.map((policy) => names.filter((name) => JSON.stringify(policy).includes(`\\"${name}\\"`)))).toEqual(
      names.map((name) => [name]),
    );
  });
});
