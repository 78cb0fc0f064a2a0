import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, customizeKaosRoutes, render, syncKaosRoutes } from 'agent-gateway-hooks';
import settings from './fixtures/kaos-routes/agent.research.helper.settings.json' with { type: 'json' };
import request from './fixtures/kaos-routes/agent.research.helper.sync.request.json' with { type: 'json' };

const TEAM = `
apiVersion: kaos.tools/v1alpha1
kind: ModelAPI
metadata: {name: llm, namespace: research}
spec: {mode: Proxy, proxyConfig: {models: [openai/*]}}
---
apiVersion: kaos.tools/v1alpha1
kind: Agent
metadata: {name: helper, namespace: research}
spec: {modelAPI: llm, model: openai/gpt-4o}
`;

test('the helper has a route at our host name, with a timeout of five minutes', () => {
  const answer = syncKaosRoutes(request, { settings });
  assert(answer.outcome === 'answered');
  assert.deepEqual(answer.problems, []);
  const [route] = answer.response.attachments;
  assert.partialDeepStrictEqual(route, {
    kind: 'HTTPRoute',
    metadata: { name: 'agent-helper', namespace: 'research' },
    spec: { hostnames: ['agents.example.com'] },
  });
  assert.match(JSON.stringify(route), /"timeouts":{"request":"5m"}/);
});

test('a resource with a mistake is refused, with its field and what is expected', () => {
  const answer = syncKaosRoutes({ ...request, object: { ...request.object, metadata: {} } });
  assert.deepEqual(answer, { outcome: 'refused', why: 'object.metadata.name: is required' });
});

test('a route asks for no objects of other namespaces', () => {
  const answer = customizeKaosRoutes({ controller: request.controller, parent: request.object });
  assert(answer.outcome === 'answered');
  assert(
    answer.response.relatedResources.every(({ namespace }) => namespace === undefined || namespace === 'research'),
  );
});

test('our manifests have no mistakes, and make a route for each resource', () => {
  assert.deepEqual(check(TEAM), { outcome: 'checked', findings: [] });
  const rendering = render(TEAM);
  assert(rendering.outcome === 'rendered');
  assert.deepEqual(rendering.objects.map(({ metadata }) => metadata.name).sort(), ['agent-helper', 'modelapi-llm']);
});

test('a misspelt field is found, with its place', () => {
  const checking = check(TEAM.replace('mode: Proxy', 'mod: Proxy'));
  assert(checking.outcome === 'checked');
  const unknown = checking.findings.find(({ message }) => message.startsWith('spec.mod: is not a field'));
  assert.deepEqual(unknown?.place, { file: 'documents', line: 5, column: 8 });
  assert.match(unknown.message, /did you mean spec\.mode/);
});
