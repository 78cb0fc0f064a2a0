import type { Program } from './programs.ts';

/** One command of `npm run kind`. */
export interface Step {
  readonly says: string;
  readonly program: Program;
  readonly args: readonly string[];
}

export const CLUSTER = 'agent-gateway-hooks';
export const IMAGE = 'agent-gateway-hooks:kind';
/** The route strips the prefix, so the agent is called at /health. */
export const ROUTE = 'http://localhost:8080/my-namespace/agent/my-agent/health';

const CONTEXT = `kind-${CLUSTER}`;
const FOLDER = 'tests/kind';

/** From no cluster to a call that an agent answers. All steps use only the cluster that the first one creates. */
export const STEPS: readonly Step[] = [
  {
    says: 'A cluster',
    program: 'kind',
    args: ['create', 'cluster', '--name', CLUSTER, '--config', `${FOLDER}/cluster.yaml`],
  },
  { says: 'The image of the service', program: 'docker', args: ['build', '--tag', IMAGE, '.'] },
  {
    says: 'The image in the cluster',
    program: 'kind',
    args: ['load', 'docker-image', IMAGE, '--name', CLUSTER],
  },
  helm('Metacontroller, with its flags and its role', 'metacontroller', {
    chart: 'oci://ghcr.io/metacontroller/metacontroller-helm',
    namespace: 'metacontroller',
    flags: [
      ...['--version', '4.17.2', '--set', 'fullnameOverride=metacontroller'],
      ...['--values', 'docs/metacontroller-values.yaml'],
    ],
  }),
  helm('Envoy Gateway, which brings the Gateway API', 'envoy-gateway', {
    chart: 'oci://docker.io/envoyproxy/gateway-helm',
    namespace: 'envoy-gateway-system',
    flags: ['--version', 'v1.9.1'],
  }),
  apply('Its GatewayClass', 'gateway-class.yaml'),
  apply('The kinds of KAOS', 'kaos-crds.yaml'),
  helm('The chart', 'agent-gateway-hooks', {
    chart: 'chart',
    namespace: 'kaos-system',
    flags: ['--values', `${FOLDER}/values.yaml`],
  }),
  apply('The namespaces of the examples', 'namespaces.yaml'),
  apply('A stand-in for an agent', 'agent-stand-in.yaml'),
  kubectl('The examples', [
    ...['apply', '--server-side', '--recursive'],
    ...['--filename', 'examples/kaos-routes', '--filename', 'examples/agent-gateway'],
  ]),
  {
    says: 'A call through the gateway, again until it is answered',
    program: 'curl',
    args: ['--fail', '--silent', '--show-error', '--retry', '90', '--retry-delay', '2', '--retry-all-errors', ROUTE],
  },
  kubectl('All routes', ['get', 'httproutes', '--all-namespaces']),
];

interface Release {
  readonly chart: string;
  readonly namespace: string;
  readonly flags: readonly string[];
}

function helm(says: string, release: string, { chart, namespace, flags }: Release): Step {
  const args = ['install', release, chart, '--namespace', namespace, '--create-namespace', ...flags];
  return { says, program: 'helm', args: [...args, '--wait', '--kube-context', CONTEXT] };
}

function apply(says: string, file: string): Step {
  return kubectl(says, ['apply', '--server-side', '--filename', `${FOLDER}/${file}`]);
}

function kubectl(says: string, args: readonly string[]): Step {
  return { says, program: 'kubectl', args: [...args, '--context', CONTEXT] };
}
