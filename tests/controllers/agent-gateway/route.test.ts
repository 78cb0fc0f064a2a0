import { describe, expect, it } from 'vitest';
import { asking, ownRoute, routeOf, storedRoute } from '../../support/gateway-routes.ts';
import {
  agent,
  gateway,
  gatewayClass,
  type KubernetesObject,
  NOW,
  OURS,
  observed,
  sync,
} from '../../support/gateways.ts';

const OFF = { GATEWAY_API_ENABLED: 'false' };

describe('a gateway without the annotation', () => {
  it.each([{}, OFF])('has no route and no condition about one, with %j', (settings) => {
    const { attachments, conditions } = sync({ settings, related: [agent('a/one')] });
    expect(attachments.map(({ kind }) => kind)).toEqual(['Service', 'ConfigMap', 'Deployment']);
    expect(Object.keys(conditions)).toEqual(['Accepted', 'ResolvedRefs', 'Programmed']);
  });

  it('has no route any more once it is removed, and no condition about one', () => {
    const parent = asking('a.example.com');
    const children = observed(sync({ parent }).attachments);
    const { status } = sync({ parent, children });
    const without = sync({ parent: { ...gateway(), status }, children });
    expect(routeOf(without.attachments)).toBeUndefined();
    expect(Object.keys(without.conditions)).toEqual(['Accepted', 'ResolvedRefs', 'Programmed']);
  });
});

describe('the route of a gateway', () => {
  it('leads all paths of its host names to its Service', () => {
    const parent = asking(' a.example.com, *.example.org,a.example.com ,', {
      commonMetadata: { labels: { team: 'x' }, annotations: { note: 'y' } },
    });
    expect(routeOf(sync({ parent }).attachments)).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: {
        name: 'gw',
        namespace: 'team',
        labels: { team: 'x', app: 'gw', 'agent-gateway-hooks/component': 'agent-gateway' },
        annotations: { note: 'y' },
      },
      spec: {
        parentRefs: [
          { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'kaos-gateway', namespace: 'kaos-system' },
        ],
        hostnames: ['a.example.com', '*.example.org'],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/' } }],
            backendRefs: [{ group: '', kind: 'Service', name: 'gw', port: 80, weight: 1 }],
            timeouts: { request: '0s' },
          },
        ],
      },
    });
  });

  it('changes nothing else of the gateway', () => {
    const related = [agent('a/one')];
    const { attachments } = sync({ parent: asking('a.example.com'), related });
    expect(attachments.filter(({ kind }) => kind !== 'HTTPRoute')).toEqual(sync({ related }).attachments);
  });

  it('attaches to the listener of the settings', () => {
    const { attachments } = sync({ parent: asking('a.example.com'), settings: { GATEWAY_SECTION_NAME: 'https' } });
    expect(routeOf(attachments)?.spec.parentRefs).toEqual([expect.objectContaining({ sectionName: 'https' })]);
  });

  it('waits for no rollout: it comes and changes while the configuration is held', () => {
    const early = sync({ parent: asking('a.example.com', {}, { creationTimestamp: NOW }) });
    expect(early.attachments.map(({ kind }) => kind)).toEqual(['Service', 'HTTPRoute']);
    const children = observed(sync({ parent: asking('a.example.com'), related: [agent('a/one')] }).attachments, {
      updatedReplicas: 0,
      conditions: [],
    });
    const rolling = sync({ parent: asking('b.example.com'), related: [agent('a/one'), agent('a/two')], children });
    expect(rolling.conditions['Programmed']?.message).toContain('A rollout is under way');
    expect(routeOf(rolling.attachments)?.spec.hostnames).toEqual(['b.example.com']);
  });

  it('stays as it is while the gateway is kept, and goes if the class belongs to another controller', () => {
    const parent = asking('a.example.com', { agentGatewayClassName: 'krakend' });
    const before = sync({ parent, related: [gatewayClass('krakend', OURS), agent('a/one')] });
    const children = observed(before.attachments);
    const kept = sync({
      parent: asking('b.example.com', { agentGatewayClassName: 'krakend' }),
      related: [gatewayClass('other', OURS)],
      children,
    });
    expect(routeOf(kept.attachments)).toEqual(routeOf(before.attachments));
    const theirs = sync({ parent, related: [gatewayClass('krakend', 'another')], children });
    expect(theirs.attachments).toEqual([]);
  });

  it('is answered again in the same way once it is observed', () => {
    const parent = asking('a.example.com,*.example.org');
    const first = sync({ parent, related: [agent('a/one')] });
    const children = observed(first.attachments);
    const second = sync({ parent, related: [agent('a/one')], children });
    expect(second.attachments).toEqual(first.attachments);
    expect(second.conditions['Programmed']?.status).toBe('True');
  });

  it('is missed by Programmed until it is there as answered', () => {
    const parent = asking('a.example.com');
    const children = observed(sync({ parent }).attachments);
    const programmed = (scene: object) => sync({ parent, children, ...scene }).conditions['Programmed'];
    expect(programmed({ children: children.filter(({ kind }) => kind !== 'HTTPRoute') })?.status).toBe('Unknown');
    expect(programmed({ parent: asking('b.example.com') })?.status).toBe('Unknown');
    expect(programmed({ settings: { GATEWAY_NAME: 'other' } })?.status).toBe('Unknown');
    expect(programmed({ settings: { GATEWAY_SECTION_NAME: 'https' } })?.status).toBe('Unknown');
  });
});

describe('the timeout of the route', () => {
  const CLASS = { GATEWAY_CLASS_NAME: 'nginx' };
  const classOf = (...supportedFeatures: string[]): KubernetesObject => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'GatewayClass',
    metadata: { name: 'nginx' },
    status: { supportedFeatures: supportedFeatures.map((name) => ({ name })) },
  });

  it.each<[string, Record<string, string>, KubernetesObject[]]>([
    ['the class supports timeouts', CLASS, [classOf('HTTPRouteRequestTimeout')]],
    ['the class lists no features', CLASS, [{ ...classOf(), status: {} }]],
    ['timeouts are always written', { ...CLASS, GATEWAY_TIMEOUTS: 'always' }, [classOf('Gateway')]],
  ])('is none, and KrakenD has its own, if %s', (_why, settings, related) => {
    const { attachments } = sync({ parent: asking('a.example.com'), settings, related });
    expect(routeOf(attachments)?.spec.rules[0].timeouts).toEqual({ request: '0s' });
  });

  it.each<[string, Record<string, string>, number]>([
    ['the GatewayClass "nginx" does not list HTTPRouteRequestTimeout in status.supportedFeatures', CLASS, 1],
    ['GATEWAY_TIMEOUTS is never', { GATEWAY_TIMEOUTS: 'never' }, 0],
  ])('is that of the Gateway, and the status says so, if %s', (why, settings, problems) => {
    const parent = asking('a.example.com', { timeout: '90s' });
    const { attachments, conditions, reply } = sync({ parent, settings, related: [classOf('Gateway')] });
    expect(routeOf(attachments)?.spec.rules[0]).not.toHaveProperty('timeouts');
    expect(conditions['RouteAccepted']?.message).toContain(
      `the route has no timeout, and the gateway's own default applies, because ${why}; KrakenD would wait 90s`,
    );
    expect(reply.problems.filter(({ reason }) => reason === 'TimeoutNotSupported')).toHaveLength(problems);
  });
});

describe('without the Gateway API', () => {
  it('says what to set, and the gateway works', () => {
    const related = [agent('a/one')];
    const { attachments, conditions, reply } = sync({ parent: asking('a.example.com'), settings: OFF, related });
    expect(attachments).toEqual(sync({ related, settings: OFF }).attachments);
    expect(conditions['Accepted']?.status).toBe('True');
    expect(conditions['RouteAccepted']).toMatchObject({ status: 'False', reason: 'GatewayDisabled' });
    expect(conditions['RouteAccepted']?.message).toMatch(/GATEWAY_API_ENABLED is false; set it with GATEWAY_NAME/);
    expect(reply.problems).toMatchObject([{ reason: 'GatewayProblem', about: 'AgentGateway team/gw' }]);
  });
});

describe('an HTTPRoute of others with the name of the route', () => {
  it.each<[string, object]>([
    ['has another controller', {}],
    ['has no controller', { ownerReferences: [] }],
  ])('is left alone if it %s, and the gateway works', (_what, metadata) => {
    const related = [storedRoute('team/gw', { ...metadata, hostnames: ['x.example.com'] }), agent('a/one')];
    const { attachments, conditions, reply } = sync({ parent: asking('a.example.com'), related });
    const message =
      'HTTPRoute team/gw already exists, but this gateway does not control it; rename the gateway, or remove the object';
    expect(attachments.map(({ kind }) => kind)).toEqual(['Service', 'ConfigMap', 'Deployment']);
    expect(conditions['Accepted']?.status).toBe('True');
    expect(conditions['RouteAccepted']).toMatchObject({ status: 'False', reason: 'NameConflict', message });
    expect(reply.problems.map((problem) => problem.message)).toEqual([message]);
  });

  it('does not matter to a gateway without the annotation', () => {
    const { conditions } = sync({ related: [storedRoute('team/gw')] });
    expect(conditions['Accepted']?.status).toBe('True');
  });

  it('is not the route that the gateway controls', () => {
    const parent = asking('a.example.com');
    const own = ownRoute(parent, {});
    const { attachments } = sync({ parent, children: [own], related: [own] });
    expect(routeOf(attachments)).toBeDefined();
  });
});

describe('what the Gateway reports', () => {
  const parent = asking('a.example.com,*.example.org');
  const conditionOf = (accepted?: object) =>
    sync({ parent, children: [ownRoute(parent, accepted)] }).conditions['RouteAccepted'];

  it('is unknown at first', () => {
    const pending = {
      status: 'Unknown',
      reason: 'Pending',
      message: 'The Gateway has not reported yet whether it accepts the HTTPRoute',
    };
    expect(sync({ parent }).conditions['RouteAccepted']).toMatchObject(pending);
    expect(conditionOf()).toMatchObject(pending);
    expect(conditionOf({ observedGeneration: 0 })).toMatchObject(pending);
  });

  it('is followed by the host names if it accepts the route', () => {
    expect(conditionOf({})).toMatchObject({
      status: 'True',
      reason: 'Accepted',
      message: 'calls to a.example.com, *.example.org at the Gateway kaos-system/kaos-gateway come to this gateway',
      observedGeneration: 3,
    });
  });

  it('is passed on if it does not', () => {
    const refusal = {
      status: 'False',
      reason: 'NoMatchingListenerHostname',
      message: 'No listener has this host name',
    };
    expect(conditionOf(refusal)).toMatchObject(refusal);
  });

  it('is not changed by another sync', () => {
    const others = observed(sync({ parent }).attachments).filter(({ kind }) => kind !== 'HTTPRoute');
    const children = [...others, ownRoute(parent, {})];
    const { status } = sync({ parent, children });
    expect(sync({ parent: { ...parent, status }, children, now: '2026-07-01T00:00:00Z' }).status).toEqual(status);
  });
});
