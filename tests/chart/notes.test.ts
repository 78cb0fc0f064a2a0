import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { helm, one, type Values, withHelm } from '../support/helm.ts';
import { GATEWAY_ON } from './rules.ts';

/** The notes that Helm prints after an installation. With `client`, Helm does not call a cluster. */
function notes(values: Values = {}): string {
  const flags = Object.entries(values).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  const { stdout } = helm('install', 'kaos', 'chart', '--namespace', 'kaos-system', '--dry-run=client', ...flags);
  return stdout.slice(stdout.indexOf('NOTES:'));
}

withHelm.describe('after an installation', () => {
  it('Helm prints where the hooks are and how to test them', () => {
    expect(notes()).toContain('http://kaos-agent-gateway-hooks.kaos-system.svc\n');
    expect(notes()).toContain('helm test kaos --namespace kaos-system\n');
    expect(notes()).toContain('KAOS resources get no routes: gatewayAPI.enabled is false.\n');
    expect(notes({ 'tls.enabled': 'true', 'tls.existingSecret': 'certificate' })).toContain('https://kaos-');
  });

  it('Helm prints which image the pods run, and what to do if the nodes cannot get it', () => {
    const { version } = packageJson;
    expect(notes()).toContain(`run the image agent-gateway-hooks:${version}:\n`);
    expect(notes()).toContain('ImagePullBackOff');
    expect(notes()).toContain(`docker build --tag registry.example.com/agent-gateway-hooks:${version} .\n`);
    const upgrade = /helm upgrade kaos CHART .*$/m.exec(notes())?.[0] ?? '';
    const [, , , , ...flags] = upgrade.replace('--reset-then-reuse-values ', '').split(' ');
    const { stdout } = helm('template', 'kaos', 'chart', '--set', 'image.tag=old', ...flags);
    expect(stdout).toContain(`image: registry.example.com/agent-gateway-hooks:${version}\n`);
    expect(notes()).toContain('The name agent-gateway-hooks has no registry');
    expect(notes({ 'image.repository': 'ghcr.io/team/hooks' })).not.toContain('has no registry');
  });

  it('Helm prints how to find routes and gateways', () => {
    const values = { 'gatewayAPI.enabled': 'true', 'gatewayAPI.gatewayName': 'edge', 'agentGateway.enabled': 'true' };
    expect(notes(values)).toContain('kubectl get gateway edge --namespace kaos-system ');
    expect(notes(values)).toContain('AgentGateways of the class krakend get a KrakenD');
    expect(notes(values)).not.toContain('gatewayAPI.enabled is false');
    expect(notes(values)).toContain('behind the Gateway kaos-system/edge');
    expect(notes({ ...values, 'kaosRoutes.enabled': 'false' })).not.toContain('KAOS resources get');
    expect(notes({ 'agentGateway.enabled': 'true' })).not.toContain('behind the Gateway');
  });

  it('Helm prints how to find the routes straight to Agents', () => {
    const values = { 'gatewayAPI.enabled': 'true', 'agentRoutes.enabled': 'true', 'kaosRoutes.enabled': 'false' };
    expect(notes(values)).toContain('--selector agent-gateway-hooks/component=agent-route\n');
    expect(notes(values)).not.toContain('KAOS resources');
    expect(notes()).not.toContain('straight to their Services');
  });

  it('Helm says which routes are withheld because the Gateway has no policies', () => {
    const limited = { ...GATEWAY_ON, 'accessRules.rules[0].limit.requests': '1' };
    const rule = { ...limited, 'accessRules.rules[0].limit.per': 'day', 'accessRules.rules[0].limit.by': 'all' };
    const WITHHELD = 'routes of resources whose rule has jwt or limit\nare withheld';
    expect(notes(rule)).toContain(WITHHELD);
    expect(notes({ ...rule, 'gatewayAPI.accessDialect': 'envoy-gateway' })).not.toContain(WITHHELD);
    expect(notes({ ...rule, 'gatewayAPI.enabled': 'false' })).not.toContain(WITHHELD);
    expect(notes({ ...GATEWAY_ON, 'accessRules.rules[0].deny': 'true' })).not.toContain(WITHHELD);
    expect(notes()).not.toContain('access rules');
    expect(notes({ 'gatewayAPI.accessDialect': 'agentgateway' })).toContain('accessDialect=agentgateway has no effect');
    expect(notes(GATEWAY_ON)).not.toContain('has no effect');
  });

  it('Helm warns not to run the KAOS operator together with the KAOS runtime', () => {
    expect(notes({ 'kaosRuntime.enabled': 'true' })).toContain('Do not run the KAOS operator at the same time');
    expect(notes()).not.toContain('KAOS operator');
  });

  it('Helm prints which role Metacontroller needs, and whether it reads Secrets', () => {
    expect(notes()).toContain(`the ClusterRole ${one('ClusterRole').metadata.name}. Bind it`);
    expect(notes({ 'metacontroller.role.bindTo.serviceAccount': 'engine' })).toContain(
      'which is bound to its service account metacontroller/engine.',
    );
    expect(notes()).not.toContain('Secrets');
    expect(notes({ 'auth.token.existingSecret': 'tokens' })).toContain('watches all Secrets in the cluster');
  });
});
