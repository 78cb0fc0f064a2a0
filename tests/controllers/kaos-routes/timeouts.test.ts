import { describe, expect, it } from 'vitest';
import { kaosRoutes } from '../../../controllers/kaos-routes/controller.ts';
import { answerCustomize } from '../../../webhooks/answer.ts';
import { AGENT, itemsOf, renderStdin, tablesOf } from '../../support/rendering.ts';
import { testSettings } from '../../support/service.ts';

const FEATURE = 'HTTPRouteRequestTimeout';
const CLASS_FLAG = '--gateway-class-name=nginx';

/** A model that asks for no timeout at all, which some gateways refuse and others ignore. */
const MODEL = {
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'ModelAPI',
  metadata: { name: 'a', namespace: 'h2' },
  spec: { mode: 'Proxy', proxyConfig: { models: ['*'] }, gatewayRoute: { timeout: '0s' } },
};

const gatewayClass = (status: unknown, name = 'nginx') => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'GatewayClass',
  metadata: { name },
  spec: { controllerName: 'example.com/gateways' },
  ...(status !== undefined && { status }),
});

/** Both forms of the list: names up to Gateway API 1.2, objects from 1.3 on. */
const names = (...features: string[]) => gatewayClass({ supportedFeatures: features });
const objects = (...features: string[]) => gatewayClass({ supportedFeatures: features.map((name) => ({ name })) });

function rendered(documents: readonly unknown[], ...flags: string[]) {
  const { stdout, stderr, code } = renderStdin(documents, '-o', 'json', ...flags);
  const [route] = itemsOf(stdout, 'HTTPRoute');
  return {
    code,
    timeouts: route?.spec.rules[0].timeouts,
    stderr,
    annotation: route?.metadata.annotations?.['agent-gateway-hooks/problem'],
  };
}

describe('a timeout', () => {
  it.each([
    ['strings', names('Gateway', 'HTTPRoute', FEATURE)],
    ['objects', objects('Gateway', 'HTTPRoute', FEATURE)],
    ['both forms', gatewayClass({ supportedFeatures: ['Gateway', { name: FEATURE }] })],
  ])('is written if the class lists the feature, as %s', (_form, known) => {
    expect(rendered([MODEL, known], CLASS_FLAG)).toMatchObject({ timeouts: { request: '0s' }, stderr: '' });
  });

  it.each([
    ['no class is named', [names('Gateway')], []],
    ['the class does not exist', [gatewayClass({ supportedFeatures: ['Gateway'] }, 'other')], [CLASS_FLAG]],
    ['the class has no status', [gatewayClass(undefined)], [CLASS_FLAG]],
    ['the class lists no features', [gatewayClass({ conditions: [] })], [CLASS_FLAG]],
  ])('is written if it is unknown whether the gateway supports it: %s', (_why, more, flags) => {
    expect(rendered([MODEL, ...more], ...flags)).toMatchObject({ timeouts: { request: '0s' }, stderr: '' });
  });

  it('is written, and the class is reported, if the list cannot be read', () => {
    expect(rendered([MODEL, gatewayClass({ supportedFeatures: [7] })], CLASS_FLAG)).toMatchObject({
      timeouts: { request: '0s' },
      stderr: expect.stringContaining('GatewayClass nginx: InvalidObject: status.supportedFeatures'),
    });
  });

  it.each([
    ['strings', names('Gateway', 'HTTPRoute')],
    ['objects', objects('Gateway', 'HTTPRoute', 'HTTPRouteBackendTimeout')],
    ['an empty list', names()],
  ])('is left out, and told, if the class does not list the feature, as %s', (_form, known) => {
    const message =
      `spec.gatewayRoute.timeout: "0s" is not used, because the GatewayClass "nginx" does not list ${FEATURE} in ` +
      "status.supportedFeatures; the route has no timeout, and the gateway's own default applies; " +
      'use another gateway, or set GATEWAY_TIMEOUTS to never or always';
    expect(rendered([MODEL, known], CLASS_FLAG)).toEqual({
      code: 0,
      timeouts: undefined,
      stderr: `problem: ModelAPI h2/a: TimeoutNotSupported: ${message}\n`,
      annotation: message,
    });
  });

  it('is left out, and told, if it is the default of the resource', () => {
    expect(rendered([AGENT, names('Gateway')], CLASS_FLAG)).toMatchObject({
      timeouts: undefined,
      annotation: expect.stringMatching(/^the default timeout 120s is not used, because the GatewayClass "nginx" /),
    });
  });

  it('is not judged if it is not used', () => {
    const tooLong = { ...AGENT, spec: { ...AGENT.spec, gatewayRoute: { timeout: '1000000s' } } };
    const { stderr } = rendered([tooLong, names('Gateway')], CLASS_FLAG);
    expect(stderr).toMatch(
      /^problem: Agent n\/a: TimeoutNotSupported: spec.gatewayRoute.timeout: "1000000s" is not used, .*\n$/,
    );
  });

  it('always: is written whatever the class lists', () => {
    expect(rendered([MODEL, names('Gateway')], CLASS_FLAG, '--gateway-timeouts=always')).toMatchObject({
      timeouts: { request: '0s' },
      stderr: '',
    });
  });

  it('never: is left out, and told only to those who ask for one', () => {
    const never = [CLASS_FLAG, '--gateway-timeouts=never'];
    expect(rendered([AGENT, names(FEATURE)], ...never)).toMatchObject({ timeouts: undefined, stderr: '' });
    expect(rendered([MODEL, names(FEATURE)], ...never)).toMatchObject({
      timeouts: undefined,
      annotation:
        'spec.gatewayRoute.timeout: "0s" is not used, because GATEWAY_TIMEOUTS is never; the route has no timeout, and ' +
        "the gateway's own default applies",
    });
  });

  it("is the gateway's own in the table of routes", () => {
    const { stdout } = renderStdin([MODEL], '-o', 'table', '--gateway-timeouts=never');
    expect(tablesOf(stdout, 'TIMEOUT').join()).toMatch(/ModelAPI h2\/a .*the gateway's own +open$/m);
  });
});

describe('the class of the Gateway', () => {
  const CLASS = { GATEWAY_CLASS_NAME: 'nginx' };
  const RULE = { apiVersion: 'gateway.networking.k8s.io/v1', resource: 'gatewayclasses', names: ['nginx'] };

  it.each([
    [CLASS, [RULE]],
    [{ ...CLASS, GATEWAY_TIMEOUTS: 'supported' }, [RULE]],
    [{}, []],
    [{ GATEWAY_CLASS_NAME: '' }, []],
    [{ ...CLASS, GATEWAY_TIMEOUTS: 'always' }, []],
    [{ ...CLASS, GATEWAY_TIMEOUTS: 'never' }, []],
    [{ ...CLASS, GATEWAY_API_ENABLED: 'false' }, []],
  ])('is asked for by name, and only if timeouts depend on it: %j', (variables, relatedResources) => {
    const request = { controller: {}, parent: MODEL };
    expect(answerCustomize(kaosRoutes, request, testSettings(variables).controllers)).toMatchObject({
      outcome: 'answered',
      response: { relatedResources },
    });
  });
});
