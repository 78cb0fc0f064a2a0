import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { asking } from '../support/gateway-routes.ts';
import { agent, gatewayClass, OURS, sync } from '../support/gateways.ts';
import type { Manifest } from '../support/helm.ts';
import { type A2aAgent, startAgent } from './support/a2a-agent.ts';
import { A2A_CALL, CHAT_MESSAGES } from './support/a2a-client.ts';
import { chartGateway } from './support/chart-objects.ts';
import { type EnvoyGateway, GATEWAY_CLASS, startEnvoyGateway } from './support/envoy-gateway.ts';
import { backendOf, type HttpRoute, renderRoutes, routeName, toBackends } from './support/example-routes.ts';
import { callHost } from './support/host-calls.ts';
import { type Krakend, startKrakend, withKrakend } from './support/krakend.ts';
import { freePort } from './support/processes.ts';

const CARD = '/.well-known/agent-card.json';
const HOST = 'agents.example.com';
const ID = 'team/news';

const CLUSTER = [
  gatewayClass('krakend', OURS, true),
  asking(HOST, {}, { namespace: 'platform', name: 'front' }),
  agent(ID),
];
const INPUT = CLUSTER.map((object) => JSON.stringify(object)).join('\n---\n');
const ROUTES = await renderRoutes(['--agent-routes', `--agent-routes-hostnames=${HOST}`, '-'], INPUT);

const HEARD = { result: { artifacts: [{ parts: [{ text: 'news heard hello' }] }] } };

withKrakend.describe('one address for an agent, and for a KrakenD in front of it', () => {
  let news: A2aAgent;
  let krakend: Krakend;
  let gateway: EnvoyGateway;

  beforeAll(async () => {
    news = await startAgent('news');
    krakend = await startKrakend(sync({ related: [agent(ID, { url: news.cardUrl })] }).krakendJson);
    const port = await freePort();
    const objects = ROUTES.flatMap((route) => withBackend(route, portOf(route)));
    gateway = await startEnvoyGateway([chartGateway(GATEWAY_CLASS, port), ...objects], port);
  }, 180_000);
  afterAll(async () => {
    await gateway?.stop();
    await krakend?.running.stop();
    await news?.stop();
  });

  const portOf = (route: HttpRoute) =>
    Number(new URL(routeName(route) === 'platform/front' ? krakend.url : news.cardUrl).port);
  const call = async (path: string, body?: object) =>
    (await callHost(gateway.url, { host: HOST, path, ...(body && { method: 'POST', body }) })).body;

  it('has a route to each', () => {
    expect(ROUTES.map(routeName).sort()).toEqual(['platform/front', 'team/a2a.news']);
  });

  it.each(['team/news', 'news'])('serves the card of /%s with the public name', async (place) => {
    expect(await call(`/${place}${CARD}`)).toMatchObject({ name: 'news', url: `http://${HOST}/${place}` });
  });

  it('answers calls to the address in the card without KrakenD, and to the short path with it', async () => {
    expect(await call('/team/news', A2A_CALL)).toMatchObject(HEARD);
    expect(await call('/news', A2A_CALL)).toMatchObject(HEARD);
    const callsOf = (route: string) =>
      gateway.calls().filter(({ route_name: name }) => `${name}`.includes(`/${route}/`));
    await vi.waitUntil(() => callsOf('platform/front').length > 0 && callsOf('team/a2a.news').length > 0, 30_000);
    expect(callsOf('team/a2a.news')).toHaveLength(1);
    expect(krakend.running.log()).not.toMatch(/POST +"?\/team\/news/);
    expect(krakend.running.log()).toMatch(/POST +"?\/news/);
  });

  it('lists the agent as a model, and answers its chats', async () => {
    expect(await call('/models')).toMatchObject({ data: [{ id: ID, object: 'model' }] });
    expect(await call('/chat/completions', { model: ID, messages: CHAT_MESSAGES })).toMatchObject({
      choices: [{ message: { content: 'news heard hello' } }],
    });
  });
});

function withBackend(route: HttpRoute, port: number): Manifest[] {
  return [toBackends(route), backendOf(route, { host: '127.0.0.1', port })];
}
