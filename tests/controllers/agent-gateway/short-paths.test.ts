import { describe, expect, it } from 'vitest';
import { configuredEndpoints } from '../../../controllers/agent-gateway/krakend/krakend-json.ts';
import { agent, sync } from '../../support/gateways.ts';

const shortPaths = (namespaces: string | undefined, ...ids: string[]) => {
  const settings = namespaces === undefined ? {} : { AGENT_GATEWAY_SHORT_PATH_NAMESPACES: namespaces };
  const { krakendJson } = sync({ related: ids.map((id) => agent(id)), settings });
  const posts = configuredEndpoints(krakendJson).filter(({ method }) => method === 'POST');
  return posts
    .map(({ endpoint, backend }) => `${endpoint} ${backend[0].host[0]}`)
    .filter((text) => /^\/[^/]+ /.test(text));
};

describe('a short path', () => {
  it('is for the only exposed agent of its name, in all namespaces by default', () => {
    expect(shortPaths(undefined, 'b/pay', 'b/news')).toEqual([
      '/news http://news.b.svc.cluster.local:8000',
      '/pay http://pay.b.svc.cluster.local:8000',
    ]);
    expect(shortPaths('*', 'b/pay', 'evil/pay')).toEqual([]);
  });

  it('cannot be taken by an agent of a namespace that may have none', () => {
    expect(shortPaths('b', 'b/pay', 'evil/pay')).toEqual(['/pay http://pay.b.svc.cluster.local:8000']);
    expect(shortPaths('a,b', 'b/pay', 'evil/pay', 'a/x')).toHaveLength(2);
    expect(shortPaths('b', 'evil/pay', 'evil/b')).toEqual([]);
  });

  it('is still lost to an agent of the same name in another namespace that may have one', () => {
    expect(shortPaths('a,b', 'a/pay', 'b/pay')).toEqual([]);
  });

  it('is never there if no namespace may have one', () => {
    expect(shortPaths('', 'b/pay')).toEqual([]);
  });
});
