import { beforeAll, expect, it } from 'vitest';
import { readSettings, type Variables } from '../../webhooks/settings/settings.ts';
import { all, type Manifest, one, template, type Values, withHelm } from '../support/helm.ts';

withHelm.describe('the Gateway of the chart', () => {
  const create = { 'gatewayAPI.enabled': 'true', 'gatewayAPI.createGateway': 'true' };
  let gateway: Manifest;
  beforeAll(() => {
    gateway = one('Gateway', { ...create, 'gatewayAPI.gatewayClassName': 'envoy-gateway' });
  });

  it('has one HTTP listener for routes from all namespaces', () => {
    expect(gateway).toMatchObject({
      apiVersion: 'gateway.networking.k8s.io/v1',
      metadata: { name: 'kaos-gateway', namespace: 'kaos-system' },
      spec: {
        gatewayClassName: 'envoy-gateway',
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
      },
    });
  });

  it('D21: is created where routes look for it, on the port in the values', () => {
    const values = {
      ...create,
      'gatewayAPI.gatewayClassName': 'kong',
      'gatewayAPI.gatewayNamespace': 'edge',
      'gatewayAPI.listenerPort': '8000',
    };
    expect(one('Gateway', values)).toMatchObject({
      metadata: { namespace: 'edge' },
      spec: { listeners: [{ port: 8000 }] },
    });
    expect(readSettings(one('ConfigMap', values)['data'] as Variables)).toMatchObject({
      settings: { controllers: { gatewayApi: { gateway: { namespace: 'edge' } } } },
    });
  });

  it.each(['true', 'false'])('is refused without a GatewayClass, with gatewayAPI.enabled=%s', (enabled) => {
    expect(template({ ...create, 'gatewayAPI.enabled': enabled }).stderr).toContain(
      'gatewayAPI.gatewayClassName is required if gatewayAPI.createGateway=true',
    );
  });

  it.each<[string, Values]>([
    ['by default', {}],
    ['for an existing Gateway', { 'gatewayAPI.enabled': 'true', 'gatewayAPI.gatewayName': 'my-gateway' }],
    [
      'if the Gateway API is off',
      { 'gatewayAPI.createGateway': 'true', 'gatewayAPI.gatewayClassName': 'kong', 'gatewayAPI.enabled': 'false' },
    ],
  ])('is not created %s', (_when, values) => {
    expect(all('Gateway', values)).toEqual([]);
  });
});
