import { describe, expect, it } from 'vitest';
import { agent, mcpServer, memoryStore, modelApi, ready, sync } from '../../support/kaos.ts';

const LLM = ready(modelApi());
const CALC = ready(mcpServer());

function times(initialDelaySeconds: number, periodSeconds: number, failureThreshold: number) {
  return { initialDelaySeconds, periodSeconds, timeoutSeconds: 3, failureThreshold };
}

describe('an Agent', () => {
  it('KAOS 0.8, row 11: gets the same names, labels, port and probes as from KAOS', () => {
    const { deployment, service, container, kinds } = sync({ parent: agent(), related: [LLM] });
    const labels = { agent: 'lead', app: 'agent' };
    expect(kinds).toEqual(['Deployment', 'Service']);
    expect(deployment.metadata).toEqual({ name: 'agent-lead', namespace: 'team', labels });
    expect(deployment.spec.selector).toEqual({ matchLabels: labels });
    expect(deployment.spec.template.metadata.labels).toEqual(labels);
    expect(service).toMatchObject({
      metadata: { name: 'agent-lead', labels },
      spec: { type: 'ClusterIP', selector: labels, ports: [{ name: 'http', port: 8000, targetPort: 8000 }] },
    });
    expect(container).toMatchObject({
      name: 'agent',
      image: 'example/agent:1',
      imagePullPolicy: 'IfNotPresent',
      ports: [{ name: 'http', containerPort: 8000, protocol: 'TCP' }],
      livenessProbe: { httpGet: { path: '/health', port: 8000 }, ...times(5, 10, 3) },
      readinessProbe: { httpGet: { path: '/ready', port: 8000 }, ...times(3, 5, 2) },
    });
  });

  it('KAOS 0.8, row 4: gets its variables in the order of KAOS', () => {
    const config = {
      description: 'd',
      instructions: 'i',
      systemPrompt: 's',
      reasoningLoopMaxSteps: 7,
      toolCallMode: 'native',
      memory: {
        memoryStore: 'notes',
        tools: 'read',
        failureMode: 'strict',
        clientParams: { tokenBudget: 0, rollingSummary: false },
        contextLimit: 6,
        maxSessions: 10,
        maxSessionEvents: 20,
      },
      autonomous: { goal: 'g', intervalSeconds: 0, maxIterRuntimeSeconds: 60 },
      taskConfig: { maxIterations: 1, maxRuntimeSeconds: 2, maxToolCalls: 3 },
      telemetry: { enabled: true, endpoint: 'http://otel:4317' },
    };
    const spec = {
      config,
      mcpServers: ['calc'],
      agentNetwork: { access: ['my-helper'] },
      container: { env: [{ name: 'MINE', value: 'm' }] },
    };
    const related = [LLM, CALC, ready(agent(), 'my-helper'), ready(memoryStore())];
    const { env, names } = sync({ parent: agent(spec), related });
    expect(names).toEqual([
      'AGENT_NAME',
      'AGENT_DESCRIPTION',
      'AGENT_INSTRUCTIONS',
      'AGENT_SYSTEM_PROMPT',
      'MINE',
      'MODEL_API_URL',
      'MODEL_NAME',
      'AGENTIC_LOOP_MAX_STEPS',
      'TOOL_CALL_MODE',
      'MEMORY_ENABLED',
      'MEMORY_TYPE',
      'MEMORY_CONTEXT_LIMIT',
      'MEMORY_MAX_SESSIONS',
      'MEMORY_MAX_SESSION_EVENTS',
      'MEMORY_STORE_ENDPOINT',
      'MEMORY_MAX_READ_SCOPE',
      'MEMORY_TOOLS',
      'MEMORY_FAILURE_MODE',
      'MEMORY_SHORT_TERM_TOKEN_BUDGET',
      'MEMORY_ROLLING_SUMMARY',
      'AGENT_IDENTITY',
      'AUTONOMOUS_GOAL',
      'AUTONOMOUS_INTERVAL_SECONDS',
      'AUTONOMOUS_MAX_ITER_RUNTIME_SECONDS',
      'TASK_MAX_ITERATIONS',
      'TASK_MAX_RUNTIME_SECONDS',
      'TASK_MAX_TOOL_CALLS',
      'MCP_SERVERS',
      'MCP_SERVER_calc_URL',
      'PEER_AGENTS',
      'PEER_AGENT_MY_HELPER_CARD_URL',
      'OTEL_SDK_DISABLED',
      'OTEL_SERVICE_NAME',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_RESOURCE_ATTRIBUTES',
      'OTEL_PYTHON_FASTAPI_EXCLUDED_URLS',
      'LOG_LEVEL',
    ]);
    expect(env).toMatchObject({
      MODEL_API_URL: 'http://modelapi-llm.team.svc.cluster.local:8000',
      AGENTIC_LOOP_MAX_STEPS: '7',
      AGENT_SYSTEM_PROMPT: 's',
      TOOL_CALL_MODE: 'native',
      MEMORY_TYPE: 'remote',
      MEMORY_CONTEXT_LIMIT: '6',
      MEMORY_STORE_ENDPOINT: 'http://memorystore-notes.team.svc.cluster.local:8080',
      MEMORY_MAX_READ_SCOPE: 'agent',
      MEMORY_SHORT_TERM_TOKEN_BUDGET: '0',
      MEMORY_ROLLING_SUMMARY: 'false',
      AGENT_IDENTITY: 'kaos://agent/team/lead',
      AUTONOMOUS_GOAL: 'g',
      AUTONOMOUS_INTERVAL_SECONDS: '0',
      TASK_MAX_TOOL_CALLS: '3',
      MCP_SERVER_calc_URL: 'http://mcpserver-calc.team.svc.cluster.local:8000',
      PEER_AGENT_MY_HELPER_CARD_URL: 'http://agent-my-helper.team.svc.cluster.local:8000',
      OTEL_RESOURCE_ATTRIBUTES: 'service.namespace=team,kaos.resource.name=lead',
    });
  });

  it('reads its instructions as they were written, even if Kubernetes would expand variables in them', () => {
    const config = { instructions: 'say $(AGENT_NAME), pay $$5 or $5' };
    expect(sync({ parent: agent({ config }), related: [LLM] }).env['AGENT_INSTRUCTIONS']).toBe(
      'say $$(AGENT_NAME), pay $$$5 or $5',
    );
  });

  it.each([
    [{ models: ['*'] }, 'anything', true],
    [{ models: ['openai/*'] }, 'openai/gpt-4', true],
    [{ models: ['openai/*'] }, 'openai', false],
    [{ models: ['gpt-*'] }, 'gpt-4', false],
    [{ models: ['GPT'] }, 'gpt', false],
    [{ models: ['a', 'b'] }, 'b', true],
    [{ models: ['b'] }, '*', false],
    [{ models: ['*'] }, '*', true],
    [undefined, 'openai/gpt', false],
  ])('whose ModelAPI has %j runs the model %s: %s', (proxyConfig, model, isRun) => {
    const related = [ready(modelApi({ proxyConfig }))];
    expect(sync({ parent: agent({ model }), related }).deployment !== undefined).toBe(isRun);
  });

  it('names the models that its ModelAPI supports if its own is not among them', () => {
    const related = [ready(modelApi({ proxyConfig: { models: ['a', 'b/*'] } }))];
    const { status, conditions, kinds } = sync({ parent: agent({ model: 'c' }), related });
    expect(status).toMatchObject({
      phase: 'Failed',
      ready: false,
      message: 'model "c" not supported by ModelAPI "llm" (supported: [a b/*])',
    });
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'ModelNotSupported' });
    expect(kinds).toEqual([]);
  });

  it('with a hosted model calls the port of Ollama', () => {
    const hosted = ready(modelApi({ mode: 'Hosted', hostedConfig: { model: 'm' }, proxyConfig: undefined }));
    const { env } = sync({ parent: agent({ model: 'm' }), related: [hosted] });
    expect(env['MODEL_API_URL']).toBe('http://modelapi-llm.team.svc.cluster.local:11434');
    // KAOS compares strings, even empty ones.
    const unnamed = ready(modelApi({ mode: 'Hosted', hostedConfig: { model: '' }, proxyConfig: undefined }));
    expect(sync({ parent: agent({ model: '' }), related: [unnamed] }).kinds).toEqual(['Deployment', 'Service']);
  });

  it('KAOS 0.8, row 10: waits for each dependency in turn, or for none if waitForDependencies is false', () => {
    const spec = { mcpServers: ['calc'] };
    const waiting = [ready(modelApi(), 'llm', false), ready(mcpServer(), 'calc', false)];
    const first = sync({ parent: agent(spec), related: waiting });
    expect({ phase: first.status.phase, message: first.status.message, kinds: first.kinds }).toEqual({
      phase: 'Waiting',
      message: 'ModelAPI is not ready',
      kinds: [],
    });
    const second = sync({ parent: agent(spec), related: [LLM, ready(mcpServer(), 'calc', false)] });
    expect({ phase: second.status.phase, message: second.status.message }).toEqual({
      phase: 'Waiting',
      message: 'MCPServer calc is not ready',
    });
    expect(sync({ parent: agent({ ...spec, waitForDependencies: false }), related: waiting }).kinds).toEqual([
      'Deployment',
      'Service',
    ]);
  });

  it('D29 and KAOS 0.8, row 6: does not wait for addresses in statuses, but needs its ModelAPI and its MCPServers to exist', () => {
    const spec = { waitForDependencies: false, mcpServers: ['calc'] };
    const unreconciled = { ...modelApi(), status: undefined };
    const { env } = sync({ parent: agent(spec), related: [unreconciled, mcpServer()] });
    expect(env['MODEL_API_URL']).toBe('http://modelapi-llm.team.svc.cluster.local:8000');
    expect(sync({ parent: agent(spec), related: [mcpServer()] })).toMatchObject({
      status: { phase: 'Waiting', message: 'ModelAPI llm not found' },
      conditions: { ResolvedRefs: { status: 'False', reason: 'RefNotFound' }, Accepted: { status: 'True' } },
    });
    expect(sync({ parent: agent(spec), related: [LLM] }).status).toMatchObject({
      phase: 'Waiting',
      message: 'MCPServer calc not found',
    });
  });

  it('uses only resources in its own namespace', () => {
    const spec = { mcpServers: ['calc'], agentNetwork: { access: ['helper'] } };
    const elsewhere = <Kind extends typeof LLM>(object: Kind) => ({
      ...object,
      metadata: { ...object.metadata, namespace: 'other' },
    });
    const helper = ready(agent(), 'helper');
    expect(sync({ parent: agent(spec), related: [elsewhere(LLM), CALC, helper] }).status.message).toBe(
      'ModelAPI llm not found',
    );
    expect(sync({ parent: agent(spec), related: [LLM, elsewhere(CALC), helper] }).status.message).toBe(
      'MCPServer calc not found',
    );
    expect(sync({ parent: agent(spec), related: [LLM, CALC, elsewhere(helper)] }).names).not.toContain('PEER_AGENTS');
  });

  it('D31 and KAOS 0.8, row 11: lists its MCP servers and peers beside its model', () => {
    const spec = { mcpServers: ['calc', 'add', 'calc'], agentNetwork: { access: ['b', 'a'] } };
    const { status } = sync({ parent: agent(spec), related: [LLM, CALC, ready(mcpServer(), 'add')] });
    expect(status.linkedResources).toEqual({ modelapi: 'llm', mcpServers: 'add,calc', peerAgents: 'a,b' });
  });
});

describe('an Agent that is not exposed', () => {
  it('D9: loses its Service and its endpoint, and keeps running', () => {
    const related = [LLM];
    expect(sync({ parent: agent(), related })).toMatchObject({
      kinds: ['Deployment', 'Service'],
      status: { endpoint: 'http://agent-lead.team.svc.cluster.local:8000' },
    });
    const { kinds, status } = sync({ parent: agent({ agentNetwork: { expose: false } }), related });
    expect(kinds).toEqual(['Deployment']);
    expect(status).not.toHaveProperty('endpoint');
  });
});
