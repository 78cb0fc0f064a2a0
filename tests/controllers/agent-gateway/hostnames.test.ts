import { describe, expect, it } from 'vitest';
import { asking, routeOf } from '../../support/gateway-routes.ts';
import { sync } from '../../support/gateways.ts';

describe('host names', () => {
  const FIELD = 'metadata.annotations.agent-gateway-hooks/hostnames';
  const EXPECTED =
    'expected DNS names in lower case, separated by commas, such as agents.example.com or *.example.com, or * for all';
  const read = (hostnames: string) => {
    const { attachments, conditions, reply } = sync({ parent: asking(hostnames) });
    const { status, reason, message } = conditions['Accepted'] ?? {};
    const told = reply.problems.map((problem) => problem.message);
    return { hostnames: routeOf(attachments)?.spec.hostnames, accepted: { status, reason, message }, told };
  };

  it.each([
    ['https://a.example.com'],
    ['a.example.com:8080'],
    ['A.example.com'],
    ['10.0.0.1'],
    ['**'],
    ['*example.com'],
    ['a.*.com'],
    ['a..com'],
    ['-a.com'],
    ['a_b.com'],
    ['a.com/x'],
    [`${'a.'.repeat(126)}aa`],
  ])('that are not valid cost only themselves: %s', (bad) => {
    const shownName = bad.length > 64 ? `"${bad.slice(0, 64)}…"` : `"${bad}"`;
    const message = `${FIELD}: ${shownName} is not valid and left out; ${EXPECTED}`;
    expect(read(`good.example.com, ${bad}`)).toEqual({
      hostnames: ['good.example.com'],
      accepted: { status: 'False', reason: 'InvalidHostname', message },
      told: [message],
    });
  });

  it.each(['', ' , ', 'A.example.com,B'])('give no route if none is valid: "%s"', (hostnames) => {
    const { attachments, conditions } = sync({ parent: asking(hostnames) });
    expect(routeOf(attachments)).toBeUndefined();
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'InvalidHostname' });
    expect(conditions['Accepted']?.message).toContain(EXPECTED);
    expect(conditions['RouteAccepted']).toMatchObject({
      status: 'False',
      reason: 'InvalidHostname',
      message: `there is no HTTPRoute, because ${FIELD} has no valid host name`,
    });
  });

  it('are those of the listeners with *, and no others beside it', () => {
    expect(read('*')).toEqual({
      hostnames: undefined,
      accepted: { status: 'True', reason: 'Accepted', message: 'The resource is accepted' },
      told: [],
    });
    expect(routeOf(sync({ parent: asking('*') }).attachments).spec).not.toHaveProperty('hostnames');
    const both = read('a.example.com,*');
    expect(both.hostnames).toBeUndefined();
    expect(both.accepted.message).toBe(
      `${FIELD}: "a.example.com" is left out, because * already stands for all host names`,
    );
  });

  it('are at most 16', () => {
    const names = Array.from({ length: 18 }, (_, index) => `h${index}.example.com`);
    const { hostnames, accepted } = read(names.join());
    expect(hostnames).toEqual(names.slice(0, 16));
    expect(accepted.message).toBe(
      `${FIELD}: "h16.example.com", "h17.example.com" are left out; expected at most 16 host names`,
    );
  });

  it('are named in a message of limited length, and quickly', () => {
    const start = process.cpuUsage();
    const { accepted } = read('A,'.repeat(100_000) + Array.from({ length: 20_000 }, (_, index) => `_${index}`).join());
    const { user, system } = process.cpuUsage(start);
    expect(accepted.message).toContain('"_8" and 19991 more are not valid');
    expect((user + system) / 1000).toBeLessThan(2000);
  });
});
