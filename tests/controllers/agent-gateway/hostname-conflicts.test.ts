import { describe, expect, it } from 'vitest';
import { asking, ownRoute, routeOf, storedRoute } from '../../support/gateway-routes.ts';
import { type KubernetesObject, NOW, sync } from '../../support/gateways.ts';

describe('two gateways with one host name', () => {
  const parent = asking('a.example.com,b.example.com');
  const own = ownRoute(parent, {});
  const routes = (...related: KubernetesObject[]) => sync({ parent, children: [own], related: [own, ...related] });
  const OLDER = { creationTimestamp: '2026-04-01T00:00:00Z' };
  const NEWER = { creationTimestamp: '2026-05-02T00:00:00Z' };

  it('are told in the status of the newer one, which gets the calls to its other host names', () => {
    const { conditions, reply, attachments } = routes(storedRoute('other/front', OLDER));
    const loss =
      'calls to a.example.com go to AgentGateway other/front, whose HTTPRoute is older; remove the host name from one of the two';
    expect(conditions['RouteAccepted']).toMatchObject({
      status: 'False',
      reason: 'HostnameConflict',
      message: `${loss}; calls to b.example.com at the Gateway kaos-system/kaos-gateway come to this gateway`,
    });
    expect(conditions['Accepted']?.status).toBe('True');
    expect(reply.problems.map(({ message }) => message)).toEqual([loss]);
    expect(routeOf(attachments)?.spec.hostnames).toEqual(['a.example.com', 'b.example.com']);
  });

  it('are told in the status of the older one, which goes on', () => {
    const { conditions, reply } = routes(
      storedRoute('other/front', NEWER),
      storedRoute('other/more', { ...NEWER, hostnames: ['a.example.com', 'b.example.com'] }),
    );
    expect(conditions['RouteAccepted']).toMatchObject({
      status: 'True',
      reason: 'Accepted',
      message:
        'calls to a.example.com, b.example.com at the Gateway kaos-system/kaos-gateway come to this gateway; these AgentGateways have a host name of it too, and get none of its calls, because their HTTPRoutes are newer: other/front (a.example.com), other/more (a.example.com, b.example.com)',
    });
    expect(reply.problems).toEqual([]);
  });

  it.each([
    ['other/front', 'False'],
    ['zoo/front', 'True'],
    ['team/a', 'False'],
    ['team/z', 'True'],
  ])('that are equally old are taken by namespace and name: beside %s this one is %s', (id, status) => {
    const same = { creationTimestamp: '2026-05-01T00:00:00Z' };
    expect(routes(storedRoute(id, same)).conditions['RouteAccepted']?.status).toBe(status);
  });

  it('are told before the route of one exists', () => {
    const { conditions } = sync({ parent, related: [storedRoute('other/front', NEWER)] });
    expect(conditions['RouteAccepted']).toMatchObject({ status: 'False', reason: 'HostnameConflict' });
  });

  it('give all calls to the oldest of several, and each is told who gets them', () => {
    const oldest = storedRoute('x/oldest', { creationTimestamp: '2026-03-01T00:00:00Z' });
    const both = storedRoute('x/older', { ...OLDER, hostnames: ['a.example.com', 'b.example.com'] });
    const { conditions } = routes(both, oldest);
    expect(conditions['RouteAccepted']?.message).toBe(
      [
        'calls to a.example.com go to AgentGateway x/oldest, whose HTTPRoute is older; remove the host name from one of the two',
        'calls to b.example.com go to AgentGateway x/older, whose HTTPRoute is older; remove the host name from one of the two',
      ].join('; '),
    );
  });

  it.each<[string, KubernetesObject]>([
    ['a wider name', storedRoute('other/front', { ...OLDER, hostnames: ['*.example.com'] })],
    ['a route that the Gateway refuses', refused(storedRoute('other/front', OLDER))],
    ['a route that goes', storedRoute('other/front', { ...OLDER, deletionTimestamp: NOW })],
    ['a route that nothing controls', storedRoute('other/front', { ...OLDER, ownerReferences: [] })],
    ['a route without host names', { ...storedRoute('other/front', OLDER), spec: {} }],
  ])('are no two gateways if the other is %s', (_what, other) => {
    expect(routes(other).conditions['RouteAccepted']).toMatchObject({ status: 'True', reason: 'Accepted' });
  });

  it('conflict with * too, which is a route without host names', () => {
    const all = asking('*');
    const other = { ...storedRoute('other/front', OLDER), spec: {} };
    expect(sync({ parent: all, related: [other] }).conditions['RouteAccepted']).toMatchObject({
      reason: 'HostnameConflict',
      message: expect.stringMatching(/^calls to all host names go to AgentGateway other\/front/),
    });
    const beside = [storedRoute('other/front', OLDER)];
    expect(
      sync({ parent: all, children: [ownRoute(all, {})], related: beside }).conditions['RouteAccepted'],
    ).toMatchObject({
      status: 'True',
      message: 'calls to all host names at the Gateway kaos-system/kaos-gateway come to this gateway',
    });
  });

  it('have messages that end', () => {
    const many = Array.from({ length: 2000 }, (_, index) => storedRoute(`n${index}/front`, NEWER));
    expect(routes(...many).conditions['RouteAccepted']?.message).toMatch(/ and 1990 more$/);
    const long = many.map((route) => ({ ...route, metadata: { ...route.metadata, name: 'x'.repeat(253) } }));
    expect(routes(...long).conditions['RouteAccepted']?.message.length).toBeLessThan(2100);
  });

  it('do not depend on the order of the routes', () => {
    const others = ['b/x', 'a/x', 'c/x'].map((id, index) => storedRoute(id, index === 1 ? OLDER : NEWER));
    expect(routes(...others).status).toEqual(routes(...others.toReversed()).status);
  });
});

/** The same route after the Gateway has refused it, as by a listener that permits other namespaces only. */
function refused(route: KubernetesObject): KubernetesObject {
  const parentRef = { name: 'kaos-gateway', namespace: 'kaos-system' };
  const condition = { type: 'Accepted', status: 'False', reason: 'NotAllowedByListeners', message: 'not allowed' };
  return { ...route, status: { parents: [{ parentRef, conditions: [condition] }] } };
}
