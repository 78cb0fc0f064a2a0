import type { LookName } from '../../webhooks/doctor/kinds.ts';
import type { RecordedCluster, RecordedObject } from './recorded-cluster.ts';

/** A cluster that is broken by one change, and what doctor says first. */
export interface SetUp {
  readonly name: string;
  readonly breakIt: (cluster: RecordedCluster) => void;
  readonly state: 'missing' | 'wrong' | 'warning';
  readonly object: string;
  readonly seen: string;
  readonly mend: string;
}

/** The only object of a kind, or the one with a name. */
export function one({ looks }: RecordedCluster, look: LookName, name?: string): RecordedObject {
  const found = (looks[look] ?? []).filter(({ metadata }) => name === undefined || metadata.name === name);
  if (found.length !== 1) {
    throw new Error(`${look} has ${found.length} objects called ${name}`);
  }
  return found[0];
}

const remove = ({ looks }: RecordedCluster, look: LookName, name: string) => {
  looks[look] = (looks[look] ?? []).filter(({ metadata }) => metadata.name !== name);
};
const hookOf = (cluster: RecordedCluster, name: string) => one(cluster, 'decorators', name).spec.hooks.sync;
const settingsOf = (cluster: RecordedCluster) => one(cluster, 'configMaps').data;
const containerOf = (object: RecordedObject) => object.spec.template.spec.containers[0];
const failed = (type: string, reason: string, message = 'words of the controller') => ({
  type,
  status: 'False',
  reason,
  message,
  lastTransitionTime: '2026-01-01T00:00:00Z',
});
const waiting = (cluster: RecordedCluster, reason: string, message: string) => {
  const [status] = one(cluster, 'pods').status.containerStatuses;
  status.state = { waiting: { reason, message } };
};

const UPGRADE = 'helm upgrade agent-gateway-hooks chart --namespace kaos-system --reset-then-reuse-values';
const HOOKS = 'kaos-system/agent-gateway-hooks';
const ENGINE = 'StatefulSet metacontroller/metacontroller';
const ACCOUNT = 'system:serviceaccount:metacontroller:metacontroller';

const operator = (name: string, env: readonly object[] = []): RecordedObject => ({
  metadata: { name, namespace: 'operators' },
  spec: { replicas: 1, template: { spec: { containers: [{ env }] } } },
});

const COMPOSITE = {
  metadata: {
    name: 'kaos-runtime-agent',
    labels: { 'app.kubernetes.io/name': 'agent-gateway-hooks', 'app.kubernetes.io/instance': 'agent-gateway-hooks' },
  },
  spec: {
    parentResource: { apiVersion: 'kaos.tools/v1alpha1', resource: 'agents' },
    childResources: [],
    hooks: {},
  },
};

const ACCESS: readonly SetUp[] = [
  {
    name: 'there is no kubectl',
    breakIt: (cluster) => {
      cluster.failures = { all: 'kubectl was not found on PATH; install it: https://kubernetes.io/docs/tasks/tools/' };
    },
    state: 'missing',
    object: 'kubectl',
    seen: 'kubectl was not found on PATH',
    mend: 'kubectl version --client',
  },
  {
    name: 'no cluster answers',
    breakIt: (cluster) => {
      cluster.failures = {
        all: 'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
      };
    },
    state: 'wrong',
    object: 'the access to the cluster',
    seen: 'no API server answers: The connection to the server localhost:8080 was refused',
    mend: 'kubectl config view --minify',
  },
  {
    name: 'the user is not logged in',
    breakIt: (cluster) => {
      cluster.failures = { all: 'error: You must be logged in to the server (Unauthorized)' };
    },
    state: 'wrong',
    object: 'the access to the cluster',
    seen: 'the API server does not know the user',
    mend: 'kubectl auth whoami',
  },
  {
    name: 'the context does not exist',
    breakIt: (cluster) => {
      cluster.failures = { all: 'error: context "prod" does not exist' };
    },
    state: 'wrong',
    object: 'the access to the cluster',
    seen: 'the kubeconfig does not have the context',
    mend: 'kubectl config get-contexts',
  },
  {
    name: 'Kubernetes is too old',
    breakIt: (cluster) => {
      cluster.version.serverVersion.gitVersion = 'v1.29.4';
    },
    state: 'wrong',
    object: 'the API server',
    seen: 'Kubernetes v1.29.4',
    mend: 'kubectl version',
  },
];

const KINDS: readonly SetUp[] = [
  {
    name: 'the Gateway API is not installed',
    breakIt: (cluster) => {
      remove(cluster, 'crds', 'httproutes.gateway.networking.k8s.io');
    },
    state: 'missing',
    object: 'CustomResourceDefinition httproutes.gateway.networking.k8s.io',
    seen: 'the API server does not have the kind',
    mend: 'kubectl apply --server-side --filename https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.3.0/standard-install.yaml',
  },
  {
    name: 'a CRD of KAOS is gone',
    breakIt: (cluster) => remove(cluster, 'crds', 'mcpservers.kaos.tools'),
    state: 'missing',
    object: 'CustomResourceDefinition mcpservers.kaos.tools',
    seen: 'the API server does not have the kind',
    mend: 'kubectl apply --server-side --filename chart/charts/kaos-crds/crds',
  },
  {
    name: 'the CRDs of the agent runtime are gone',
    breakIt: (cluster) => remove(cluster, 'crds', 'agentgateways.runtime.agentic-layer.ai'),
    state: 'missing',
    object: 'CustomResourceDefinition agentgateways.runtime.agentic-layer.ai',
    seen: 'the API server does not have the kind',
    mend: 'kubectl apply --server-side --filename chart/charts/agent-runtime-crds/crds',
  },
  {
    name: 'a kind of Metacontroller is gone',
    breakIt: (cluster) => remove(cluster, 'crds', 'controllerrevisions.metacontroller.k8s.io'),
    state: 'missing',
    object: 'CustomResourceDefinition controllerrevisions.metacontroller.k8s.io',
    seen: 'the API server does not have the kind',
    mend: 'kubectl apply --server-side --filename https://raw.githubusercontent.com/metacontroller/metacontroller/v4.17.2/manifests/production/metacontroller-crds-v1.yaml',
  },
  {
    name: 'the Gateway API is too old to serve v1',
    breakIt: (cluster) => {
      one(cluster, 'crds', 'httproutes.gateway.networking.k8s.io').spec.versions = [{ name: 'v1beta1', served: true }];
    },
    state: 'wrong',
    object: 'CustomResourceDefinition httproutes.gateway.networking.k8s.io',
    seen: 'it serves v1beta1',
    mend: 'kubectl apply --server-side --filename https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.3.0/standard-install.yaml',
  },
  {
    name: 'HTTPRoutes have no timeouts',
    breakIt: (cluster) => {
      const crd = one(cluster, 'crds', 'httproutes.gateway.networking.k8s.io');
      crd.metadata.annotations = {
        'gateway.networking.k8s.io/bundle-version': 'v1.1.0',
        'gateway.networking.k8s.io/channel': 'standard',
      };
      const v1 = crd.spec.versions.find(({ name }: RecordedObject) => name === 'v1');
      v1.schema.openAPIV3Schema.properties.spec.properties.rules.items.properties = { matches: {} };
    },
    state: 'warning',
    object: 'CustomResourceDefinition httproutes.gateway.networking.k8s.io',
    seen: 'Gateway API v1.1.0, standard channel, without timeouts of HTTPRoutes',
    mend: 'kubectl apply --server-side --filename https://github.com/kubernetes-sigs/gateway-api/releases/download/v1.3.0/standard-install.yaml',
  },
];

const ENGINES: readonly SetUp[] = [
  {
    name: 'Metacontroller is not installed',
    breakIt: ({ looks }) => {
      looks.statefulSets = [];
      looks.crds = looks.crds?.filter(({ spec }) => spec.group !== 'metacontroller.k8s.io') ?? [];
      looks.decorators = [];
    },
    state: 'missing',
    object: 'Metacontroller',
    seen: 'no StatefulSet or Deployment has the label',
    mend: 'helm install metacontroller oci://ghcr.io/metacontroller/metacontroller-helm --version 4.17.2',
  },
  {
    name: 'Metacontroller is too old',
    breakIt: (cluster) => {
      containerOf(one(cluster, 'statefulSets')).image = 'ghcr.io/metacontroller/metacontroller:v4.9.1';
    },
    state: 'wrong',
    object: ENGINE,
    seen: 'version 4.9.1',
    mend: 'kubectl set image statefulset/metacontroller metacontroller=ghcr.io/metacontroller/metacontroller:v4.17.2 --namespace metacontroller',
  },
  {
    name: 'Metacontroller is scaled to nothing',
    breakIt: (cluster) => {
      one(cluster, 'statefulSets').spec.replicas = 0;
    },
    state: 'wrong',
    object: ENGINE,
    seen: 'spec.replicas is 0',
    mend: 'kubectl scale statefulset metacontroller --namespace metacontroller --replicas=1',
  },
  {
    name: 'an answer with a null crashes Metacontroller',
    breakIt: (cluster) => {
      one(cluster, 'statefulSets').status = {};
      cluster.looks.pods?.push({
        metadata: {
          name: 'metacontroller-0',
          namespace: 'metacontroller',
          labels: { 'app.kubernetes.io/name': 'metacontroller' },
        },
        status: { containerStatuses: [{ restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
      });
      cluster.logs = { 'metacontroller-0': 'panic: runtime error: invalid memory address or nil pointer dereference' };
    },
    state: 'wrong',
    object: ENGINE,
    seen: 'CrashLoopBackOff: panic: runtime error: invalid memory address or nil pointer dereference',
    mend: 'kubectl describe pods --namespace metacontroller',
  },
  {
    name: 'Metacontroller has restarted',
    breakIt: (cluster) => {
      const terminated = { reason: 'OOMKilled', exitCode: 137, finishedAt: cluster.now };
      cluster.looks.pods?.push({
        metadata: {
          name: 'metacontroller-0',
          namespace: 'metacontroller',
          labels: { 'app.kubernetes.io/name': 'metacontroller' },
        },
        status: { containerStatuses: [{ restartCount: 3, lastState: { terminated } }] },
      });
    },
    state: 'warning',
    object: 'Pod metacontroller/metacontroller-0',
    seen: 'restarted 3 times, the last time 0 min ago: OOMKilled, exit code 137',
    mend: 'kubectl logs metacontroller-0 --namespace metacontroller --previous --tail=50',
  },
  {
    name: 'nobody holds the lease',
    breakIt: (cluster) => {
      containerOf(one(cluster, 'statefulSets')).args.push('--leader-election');
    },
    state: 'wrong',
    object: 'Lease metacontroller/metacontroller',
    seen: 'nobody holds it',
    mend: 'kubectl logs statefulset/metacontroller --namespace metacontroller',
  },
  {
    name: 'Metacontroller has its default flags',
    breakIt: (cluster) => {
      containerOf(one(cluster, 'statefulSets')).args = ['--zap-log-level=info', '--workers', '5'];
    },
    state: 'warning',
    object: ENGINE,
    seen: 'no --apply-strategy, so dynamic-apply; no --client-go-qps, so 5; no --client-go-burst, so 10; --workers=5',
    mend: `kubectl patch statefulset metacontroller --namespace metacontroller --type=json '--patch=[{"op":"replace","path":"/spec/template/spec/containers/0/args","value":["--zap-log-level=info","--apply-strategy=server-side-apply","--client-go-qps=200","--client-go-burst=400","--workers=20"]}]'`,
  },
  {
    name: 'the flags of a Metacontroller that helm installed',
    breakIt: (cluster) => {
      const set = one(cluster, 'statefulSets');
      set.metadata.annotations = { 'meta.helm.sh/release-name': 'engine' };
      containerOf(set).args[0] = '--apply-strategy=dynamic-apply';
    },
    state: 'warning',
    object: ENGINE,
    seen: '--apply-strategy=dynamic-apply',
    mend: `helm upgrade engine oci://ghcr.io/metacontroller/metacontroller-helm --version 4.17.2 --namespace metacontroller --reset-then-reuse-values --set-json 'commandArgs=["--client-go-qps=200","--client-go-burst=400","--workers=20","--apply-strategy=server-side-apply"]'`,
  },
  {
    name: "Metacontroller's role is not bound",
    breakIt: (cluster) => remove(cluster, 'clusterRoleBindings', 'agent-gateway-hooks-metacontroller'),
    state: 'missing',
    object: `rights of ${ACCOUNT}`,
    seen: 'it may not get, list, watch of compositecontrollers.metacontroller.k8s.io',
    mend: `${UPGRADE} --set metacontroller.role.create=true --set metacontroller.role.bindTo.serviceAccount=metacontroller`,
  },
  {
    name: 'a rule was taken out of its role',
    breakIt: (cluster) => {
      const role = one(cluster, 'clusterRoles');
      role.rules = role.rules.filter(({ resources }: RecordedObject) => !resources.includes('poddisruptionbudgets'));
    },
    state: 'missing',
    object: `rights of ${ACCOUNT}`,
    seen: 'it may not get, list, watch, create, update, patch, delete of poddisruptionbudgets.policy',
    mend: 'kubectl delete clusterrole agent-gateway-hooks-metacontroller',
  },
];

const RELEASES: readonly SetUp[] = [
  {
    name: 'the chart is not installed',
    breakIt: ({ looks }) => {
      looks.deployments = [];
      looks.services = [];
      looks.configMaps = [];
      looks.pods = [];
      looks.decorators = [];
    },
    state: 'missing',
    object: 'the release of the chart agent-gateway-hooks',
    seen: 'no Deployment, Service or ConfigMap has the label',
    mend: 'helm install agent-gateway-hooks chart --namespace kaos-system --create-namespace --set image.repository=REGISTRY/agent-gateway-hooks',
  },
  {
    name: 'the access rules are not valid YAML',
    breakIt: (cluster) => {
      const { metadata } = one(cluster, 'configMaps');
      const own = { ...metadata, name: `${metadata.name}-access-rules` };
      cluster.looks.configMaps?.push({ metadata: own, data: { 'access-rules.yaml': '- deny: true' } });
    },
    state: 'wrong',
    object: `ConfigMap ${HOOKS}-access-rules`,
    seen: 'access-rules.yaml is not valid: it is not a map',
    mend: 'kubectl delete configmap agent-gateway-hooks-access-rules',
  },
  {
    name: 'the access rules are gone',
    breakIt: (cluster) => {
      settingsOf(cluster)['ACCESS_RULES_FILE'] = '/etc/agent-gateway-hooks/access-rules/1/access-rules.yaml';
    },
    state: 'wrong',
    object: `ConfigMap ${HOOKS}-access-rules`,
    seen: 'its settings name access rules, but none of its ConfigMaps has access-rules.yaml',
    mend: 'kubectl delete configmap agent-gateway-hooks-access-rules',
  },
  {
    name: 'a setting is not valid',
    breakIt: (cluster) => {
      settingsOf(cluster)['GATEWAY_TIMEOUTS'] = 'sometimes';
    },
    state: 'wrong',
    object: `ConfigMap ${HOOKS}`,
    seen: 'GATEWAY_TIMEOUTS: "sometimes" is not valid; expected',
    mend: 'kubectl delete configmap agent-gateway-hooks --namespace kaos-system',
  },
  {
    name: 'the settings are gone',
    breakIt: (cluster) => remove(cluster, 'configMaps', 'agent-gateway-hooks'),
    state: 'missing',
    object: `ConfigMap ${HOOKS}`,
    seen: 'it does not exist',
    mend: UPGRADE,
  },
  {
    name: 'nodes cannot get the image',
    breakIt: (cluster) => waiting(cluster, 'ImagePullBackOff', 'Back-off pulling image "agent-gateway-hooks:0.1.0"'),
    state: 'wrong',
    object: `Pod ${HOOKS}-`,
    seen: 'ImagePullBackOff: Back-off pulling image "agent-gateway-hooks:0.1.0"',
    mend: `${UPGRADE} --set image.repository=REGISTRY/agent-gateway-hooks --set image.tag=`,
  },
  {
    name: 'somebody set another image past helm 4',
    breakIt: (cluster) => {
      waiting(cluster, 'ErrImagePull', 'not found');
      one(cluster, 'deployments').metadata.managedFields = [
        { manager: 'helm', operation: 'Apply', fieldsV1: { 'f:spec': {} } },
        { manager: 'kubectl-set', operation: 'Update', fieldsV1: { 'f:spec': { 'f:template': {} } } },
      ];
    },
    state: 'wrong',
    object: `Pod ${HOOKS}-`,
    seen: 'ErrImagePull: not found',
    mend: `${UPGRADE} --force-conflicts --set image.repository=REGISTRY/agent-gateway-hooks --set image.tag=`,
  },
  {
    name: 'pods end at once',
    breakIt: (cluster) => {
      waiting(cluster, 'CrashLoopBackOff', 'back-off 5m0s restarting failed container');
      const line = 'HOST, PORT: cannot listen on "10.0.0.1", port 8080: listen EADDRNOTAVAIL';
      cluster.logs = { [one(cluster, 'pods').metadata.name]: `${line}\n` };
    },
    state: 'wrong',
    object: `Pod ${HOOKS}-`,
    seen: 'CrashLoopBackOff: HOST, PORT: cannot listen on "10.0.0.1"',
    mend: UPGRADE,
  },
  {
    name: 'the hooks are scaled to nothing',
    breakIt: (cluster) => {
      one(cluster, 'deployments').spec.replicas = 0;
    },
    state: 'wrong',
    object: `Deployment ${HOOKS}`,
    seen: 'spec.replicas is 0',
    mend: 'kubectl scale deployment agent-gateway-hooks --namespace kaos-system --replicas=2',
  },
  {
    name: 'the release has another version',
    breakIt: (cluster) => {
      one(cluster, 'deployments').metadata.labels['app.kubernetes.io/version'] = '0.0.9';
    },
    state: 'warning',
    object: `release ${HOOKS}`,
    seen: 'version 0.0.9',
    mend: UPGRADE,
  },
  {
    name: 'the Service leads to no pod',
    breakIt: (cluster) => {
      one(cluster, 'services').spec.selector = { app: 'old' };
    },
    state: 'wrong',
    object: `Service ${HOOKS}`,
    seen: 'spec.selector has app=old, and the pods of the Deployment do not',
    mend: 'kubectl delete service agent-gateway-hooks --namespace kaos-system',
  },
  {
    name: 'Metacontroller runs where the network policy does not let it in',
    breakIt: (cluster) => {
      one(cluster, 'networkPolicies').spec.ingress[0].from[0].namespaceSelector.matchExpressions[0].values = ['engine'];
    },
    state: 'wrong',
    object: `NetworkPolicy ${HOOKS}`,
    seen: 'no rule of spec.ingress selects the pods of StatefulSet metacontroller/metacontroller',
    mend: `${UPGRADE} --set 'metacontroller.namespaces={metacontroller}'`,
  },
  {
    name: 'the Service has another port',
    breakIt: (cluster) => {
      one(cluster, 'services').spec.ports[0].port = 8080;
    },
    state: 'wrong',
    object: `Service ${HOOKS}`,
    seen: 'spec.ports has hooks at port 8080',
    mend: 'kubectl delete service agent-gateway-hooks --namespace kaos-system',
  },
];

const CONTROLLERS: readonly SetUp[] = [
  {
    name: 'a controller is gone',
    breakIt: (cluster) => remove(cluster, 'decorators', 'agent-gateway'),
    state: 'missing',
    object: 'DecoratorController agent-gateway',
    seen: 'it does not exist, and the settings of the release turn it on',
    mend: UPGRADE,
  },
  {
    name: 'a hook has the build of another upgrade',
    breakIt: (cluster) => {
      hookOf(cluster, 'kaos-routes').webhook.url =
        'http://agent-gateway-hooks.kaos-system.svc/kaos-routes/sync?build=0123';
    },
    state: 'wrong',
    object: 'DecoratorController kaos-routes',
    seen: 'spec.hooks.sync.webhook.url has build=0123',
    mend: 'kubectl delete decoratorcontrollers.metacontroller.k8s.io kaos-routes',
  },
  {
    name: 'a hook is of version v1',
    breakIt: (cluster) => {
      hookOf(cluster, 'kaos-routes').version = 'v1';
    },
    state: 'wrong',
    object: 'DecoratorController kaos-routes',
    seen: 'spec.hooks.sync.version is v1',
    mend: 'kubectl delete decoratorcontrollers.metacontroller.k8s.io kaos-routes',
  },
  {
    name: 'TLS is on in the hooks and off in the pods',
    breakIt: (cluster) => {
      const hook = hookOf(cluster, 'kaos-routes');
      hook.webhook.url = hook.webhook.url.replace('http:', 'https:');
    },
    state: 'wrong',
    object: 'DecoratorController kaos-routes',
    seen: 'spec.hooks.sync.webhook.url is https://agent-gateway-hooks.kaos-system.svc/kaos-routes/sync',
    mend: 'kubectl delete decoratorcontrollers.metacontroller.k8s.io kaos-routes',
  },
  {
    name: 'a controller of an earlier release is left',
    breakIt: ({ looks }) => {
      const labels = { 'app.kubernetes.io/name': 'agent-gateway-hooks', 'app.kubernetes.io/instance': 'trial' };
      looks.decorators?.push({ metadata: { name: 'agent-routes-trial', labels }, spec: { hooks: {} } });
    },
    state: 'wrong',
    object: 'DecoratorController agent-routes-trial',
    seen: 'it is of the release trial, which has no Deployment, Service or ConfigMap',
    mend: 'kubectl delete decoratorcontrollers.metacontroller.k8s.io agent-routes-trial',
  },
  {
    name: 'nothing guards foreign routes',
    breakIt: (cluster) => remove(cluster, 'admissionPolicies', 'agent-gateway-hooks-kaos-routes'),
    state: 'warning',
    object: 'ValidatingAdmissionPolicy agent-gateway-hooks-kaos-routes',
    seen: 'it does not exist, and its controller does',
    mend: UPGRADE,
  },
  {
    name: 'the CA cannot be read',
    breakIt: (cluster) => {
      hookOf(cluster, 'kaos-routes').webhook.caBundle = {
        inline: '-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n',
      };
    },
    state: 'wrong',
    object: 'DecoratorController kaos-routes',
    seen: 'caBundle has no certificate that can be read',
    mend: `${UPGRADE} --set-file tls.caBundle=ca.pem`,
  },
  {
    name: 'the KAOS operator runs beside the KAOS runtime',
    breakIt: ({ looks }) => {
      looks.composites = [COMPOSITE];
      looks.kaosOperators = [operator('kaos-operator-controller-manager')];
      looks.clusterRoles?.[0].rules.push({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
      looks.composites[0].spec.hooks = {
        sync: { version: 'v2', webhook: { url: hookUrl(looks, 'kaos-runtime-agent') } },
      };
    },
    state: 'wrong',
    object: 'Deployment operators/kaos-operator-controller-manager',
    seen: 'spec.replicas is 1, while a controller of this release makes the pods of KAOS resources too',
    mend: 'kubectl scale deployment kaos-operator-controller-manager --namespace operators --replicas=0',
  },
  {
    name: 'the Go operator of AgentGateways still runs',
    breakIt: ({ looks }) => {
      looks.gatewayOperators = [operator('agent-gateway-krakend-operator-controller-manager')];
    },
    state: 'wrong',
    object: 'Deployment operators/agent-gateway-krakend-operator-controller-manager',
    seen: 'spec.replicas is 1, while a controller of this release makes AgentGateways too',
    mend: 'kubectl scale deployment agent-gateway-krakend-operator-controller-manager --namespace operators --replicas=0',
  },
  {
    name: 'the KAOS operator makes routes too',
    breakIt: ({ looks }) => {
      const env = [{ name: 'GATEWAY_API_ENABLED', value: 'true' }];
      looks.kaosOperators = [operator('kaos-operator-controller-manager', env)];
    },
    state: 'wrong',
    object: 'Deployment operators/kaos-operator-controller-manager',
    seen: 'its variable GATEWAY_API_ENABLED is true',
    mend: 'kubectl set env deployment/kaos-operator-controller-manager GATEWAY_API_ENABLED=false --namespace operators',
  },
];

function hookUrl(looks: RecordedCluster['looks'], name: string): string {
  return looks.decorators?.[0].spec.hooks.sync.webhook.url.replace('/agent-gateway/', `/${name}/`);
}

const GATEWAYS: readonly SetUp[] = [
  {
    name: 'the settings name a Gateway that does not exist',
    breakIt: (cluster) => {
      one(cluster, 'gateways').metadata.name = 'public';
    },
    state: 'missing',
    object: 'Gateway kaos-system/kaos-gateway',
    seen: 'it does not exist; the cluster has kaos-system/public',
    mend: `${UPGRADE} --set gatewayAPI.gatewayName=public --set gatewayAPI.gatewayNamespace=kaos-system`,
  },
  {
    name: 'the class of the Gateway does not exist',
    breakIt: (cluster) => {
      cluster.looks.gatewayClasses = [];
    },
    state: 'missing',
    object: 'GatewayClass only-status',
    seen: 'the cluster has no GatewayClass',
    mend: `${UPGRADE} --set gatewayAPI.gatewayClassName=CLASS`,
  },
  {
    name: 'no implementation takes the class',
    breakIt: (cluster) => {
      one(cluster, 'gatewayClasses').status.conditions = [
        { type: 'Accepted', status: 'Unknown', reason: 'Pending', message: 'Waiting for controller' },
      ];
    },
    state: 'wrong',
    object: 'GatewayClass only-status',
    seen: 'Accepted is Unknown, Pending: Waiting for controller',
    mend: 'kubectl describe gatewayclasses.gateway.networking.k8s.io only-status',
  },
  {
    name: 'the Gateway is not programmed',
    breakIt: (cluster) => {
      const { status } = one(cluster, 'gateways');
      status.conditions = [status.conditions[0], failed('Programmed', 'AddressNotAssigned', 'no load balancer')];
    },
    state: 'wrong',
    object: 'Gateway kaos-system/kaos-gateway',
    seen: 'Programmed is False, AddressNotAssigned: no load balancer',
    mend: 'kubectl describe gateways.gateway.networking.k8s.io kaos-gateway --namespace kaos-system',
  },
  {
    name: 'the Gateway has no address',
    breakIt: (cluster) => {
      one(cluster, 'gateways').status.addresses = [];
    },
    state: 'wrong',
    object: 'Gateway kaos-system/kaos-gateway',
    seen: 'status.addresses is empty',
    mend: 'kubectl describe gateways.gateway.networking.k8s.io kaos-gateway --namespace kaos-system',
  },
  {
    name: 'the settings name a listener that does not exist',
    breakIt: (cluster) => {
      settingsOf(cluster)['GATEWAY_SECTION_NAME'] = 'https';
    },
    state: 'wrong',
    object: 'Gateway kaos-system/kaos-gateway',
    seen: 'its listeners are http',
    mend: `${UPGRADE} --set gatewayAPI.sectionName=http`,
  },
  {
    name: 'listeners do not accept routes of a namespace with agents',
    breakIt: (cluster) => {
      one(cluster, 'gateways').spec.listeners[0].allowedRoutes = {
        namespaces: { from: 'Selector', selector: { matchLabels: { routes: 'yes' } } },
      };
    },
    state: 'wrong',
    object: 'Gateway kaos-system/kaos-gateway',
    seen: 'spec.listeners[0].allowedRoutes.namespaces.from is Selector, which leaves out team',
    mend: `kubectl patch gateways.gateway.networking.k8s.io kaos-gateway --namespace kaos-system --type=json '--patch=[{"op":"add","path":"/spec/listeners/0/allowedRoutes","value":{"namespaces":{"from":"All"}}}]'`,
  },
  {
    name: 'no AgentGatewayClass is ours',
    breakIt: (cluster) => {
      one(cluster, 'agentGatewayClasses').spec.controller = 'example.com/other';
    },
    state: 'missing',
    object: 'AgentGatewayClass of runtime.agentic-layer.ai/agent-gateway-krakend-controller',
    seen: 'the cluster has krakend of example.com/other',
    mend: `${UPGRADE} --set agentGatewayClass.create=true`,
  },
  {
    name: 'an AgentGateway names a class that does not exist',
    breakIt: (cluster) => {
      one(cluster, 'agentGateways').spec.agentGatewayClassName = 'kraken';
    },
    state: 'wrong',
    object: 'AgentGateway team/public',
    seen: 'its class kraken does not exist',
    mend: `kubectl patch agentgateways.runtime.agentic-layer.ai public --namespace team --type=merge '--patch={"spec":{"agentGatewayClassName":"krakend"}}'`,
  },
];

const RESOURCES: readonly SetUp[] = [
  {
    name: 'no route was made for an Agent',
    breakIt: (cluster) => {
      remove(cluster, 'routes', 'agent-lead');
      cluster.now = '2027-01-01T00:00:00Z';
    },
    state: 'missing',
    object: 'Agent team/lead',
    seen: 'it has no HTTPRoute team/agent-lead, and the hook wants one',
    mend: 'kubectl annotate agents.kaos.tools lead --namespace team resync=now',
  },
  {
    name: 'somebody else has a route with our name',
    breakIt: (cluster) => {
      const { metadata } = one(cluster, 'routes', 'agent-lead');
      metadata.annotations = {};
      metadata.ownerReferences = [];
      cluster.now = '2027-01-01T00:00:00Z';
    },
    state: 'wrong',
    object: 'HTTPRoute team/agent-lead',
    seen: 'it does not belong to Agent team/lead, whose route has this name',
    mend: 'kubectl delete httproutes.gateway.networking.k8s.io agent-lead --namespace team',
  },
  {
    name: 'the Gateway refuses a route',
    breakIt: (cluster) => {
      one(cluster, 'routes', 'agent-lead').status.parents[0].conditions = [
        failed('Accepted', 'NoMatchingListenerHostname'),
      ];
    },
    state: 'wrong',
    object: 'HTTPRoute team/agent-lead',
    seen: 'Accepted is False, NoMatchingListenerHostname: words of the controller',
    mend: `${UPGRADE} --set gatewayAPI.hostnames=null`,
  },
  {
    name: 'a route leads to a Service that does not exist',
    breakIt: (cluster) => {
      one(cluster, 'routes', 'agent-lead').status.parents[0].conditions = [failed('ResolvedRefs', 'BackendNotFound')];
    },
    state: 'wrong',
    object: 'HTTPRoute team/agent-lead',
    seen: 'ResolvedRefs is False, BackendNotFound',
    mend: 'kubectl get services agent-lead --namespace team',
  },
  {
    name: 'no implementation takes a route',
    breakIt: (cluster) => {
      one(cluster, 'routes', 'agent-lead').status = { parents: [] };
      cluster.now = '2027-01-01T00:00:00Z';
    },
    state: 'wrong',
    object: 'HTTPRoute team/agent-lead',
    seen: 'its status has no parents: no gateway implementation has taken it up',
    mend: 'kubectl describe gateways.gateway.networking.k8s.io kaos-gateway --namespace kaos-system',
  },
  {
    name: 'the pods of an AgentGateway do not become ready',
    breakIt: (cluster) => {
      one(cluster, 'agentGateways').status.conditions = [failed('Programmed', 'RolloutFailed')];
    },
    state: 'wrong',
    object: 'AgentGateway team/public',
    seen: 'Programmed is False, RolloutFailed: words of the controller',
    mend: 'kubectl describe agentgateways.runtime.agentic-layer.ai public --namespace team',
  },
  {
    name: 'Metacontroller has never called for an AgentGateway',
    breakIt: (cluster) => {
      one(cluster, 'agentGateways').status = {};
      cluster.now = '2027-01-01T00:00:00Z';
    },
    state: 'wrong',
    object: 'AgentGateway team/public',
    seen: 'its status has none of the conditions Accepted, ResolvedRefs and Programmed',
    mend: 'kubectl annotate agentgateways.runtime.agentic-layer.ai public --namespace team resync=now',
  },
  {
    name: 'a deletion waits for an operator that is gone',
    breakIt: (cluster) => {
      Object.assign(one(cluster, 'kaosAgents').metadata, {
        finalizers: ['example.com/first', 'kaos.tools/agent-finalizer'],
        deletionTimestamp: cluster.now,
      });
      cluster.now = new Date(Date.parse(cluster.now) + 600_000).toISOString();
    },
    state: 'wrong',
    object: 'Agent team/lead',
    seen: 'it has been deleted for 10 min, and waits for example.com/first, kaos.tools/agent-finalizer',
    mend: `kubectl patch agents.kaos.tools lead --namespace team --type=json '--patch=[{"op":"test","path":"/metadata/finalizers/1","value":"kaos.tools/agent-finalizer"},{"op":"remove","path":"/metadata/finalizers/1"}]'`,
  },
  {
    name: 'Metacontroller reports that a hook cannot be called',
    breakIt: ({ looks, now }) => {
      looks.events = ['lead', 'llm'].map((name) => ({
        metadata: { name: `${name}.1`, namespace: 'team' },
        involvedObject: { kind: 'Agent', namespace: 'team', name },
        reason: 'SyncError',
        message: `Sync error: http error: Post "http://agent-gateway-hooks.kaos-system.svc/${name}": x509: certificate has expired`,
        lastTimestamp: now,
        count: 12,
        source: { component: 'metacontroller' },
      }));
    },
    state: 'warning',
    object: 'Agent team/lead',
    seen: 'SyncError 0 min ago and 1 more like it: Sync error: http error',
    mend: 'kubectl get events --all-namespaces --field-selector=reason=SyncError',
  },
];

export const SET_UPS: readonly SetUp[] = [
  ...ACCESS,
  ...KINDS,
  ...ENGINES,
  ...RELEASES,
  ...CONTROLLERS,
  ...GATEWAYS,
  ...RESOURCES,
];
