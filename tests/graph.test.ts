import { describe, expect, it } from 'vitest';
import { fakeKubectl } from './support/fake-kubectl.ts';
import { graphCommand, graphOf, kaosAgent, modelApi, SHOP } from './support/graphs.ts';

/** The boxes and arrows of Mermaid's text, with the titles of the boxes in place of their ids. */
function drawn(text: string) {
  const lines = text.split('\n').map((line) => line.trim());
  const boxes = lines.flatMap((line) => {
    const [, id = '', label = ''] = /^(\w+)[[({>]+"(.*)"[\])}]+$/.exec(line) ?? [];
    return id === '' ? [] : [{ id, texts: label.split('<br/>') }];
  });
  const titles = new Map(boxes.map(({ id, texts }) => [id, texts[0]]));
  const arrows = lines.flatMap((line) => {
    const [, from = '', arrow, label = '', to = ''] = /^(\w+) (-->|-\.->)(?:\|"(.*)"\|)? (\w+)$/.exec(line) ?? [];
    return from === '' ? [] : [`${titles.get(from)} ${arrow} ${label} ${arrow} ${titles.get(to)}`];
  });
  return {
    boxes: boxes.map(({ texts }) => texts.join(' | ')),
    arrows: arrows.map((arrow) => arrow.replace(/(-->|-\.->) {2}\1/, '$1')).toSorted(),
  };
}

const picture = (documents: readonly unknown[], ...flags: readonly string[]) =>
  drawn(graphOf(documents, ...flags).stdout);

const AGENTIC = 'runtime.agentic-layer.ai/v1alpha1';
const ourClass = {
  apiVersion: AGENTIC,
  kind: 'AgentGatewayClass',
  metadata: {
    name: 'krakend',
    annotations: { 'agentgatewayclass.kubernetes.io/is-default-class': 'true' },
  },
  spec: { controller: 'runtime.agentic-layer.ai/agent-gateway-krakend-controller' },
};
const gateway = {
  apiVersion: AGENTIC,
  kind: 'AgentGateway',
  metadata: { name: 'g', namespace: 'n' },
  spec: {},
};
const runtimeAgent = (name: string, spec: object = {}, port = 8000) => ({
  apiVersion: AGENTIC,
  kind: 'Agent',
  metadata: { name, namespace: 'n' },
  spec: { exposed: true, framework: 'custom', image: 'i', ...spec },
  status: { url: `http://${name}.n.svc.cluster.local:${port}/.well-known/agent-card.json` },
});

describe('graph', () => {
  it('draws the clients, the gateways, and what they reach', () => {
    expect(drawn(graphCommand(SHOP).stdout)).toEqual({
      boxes: [
        'Clients inside the cluster',
        'Clients outside the cluster',
        'AgentGateway shop/counter | open, jwt+60/min counter.shop.svc | open GET /models | by model POST /chat/completions',
        'Gateway kaos-system/kaos-gateway | open, jwt+60/min any host name | open, jwt+60/min shop.example.com',
        'Agent shop/advice | open /shop/agent/advice',
        'Agent shop/greeter | open POST /shop/greeter +3',
        'Agent shop/orders | jwt+60/min /shop/agent/orders | ! a warning',
        'Agent shop/parcels | ✗ left out',
        'Agent shop/returns | jwt+60/min POST /shop/returns +3',
        'MCPServer shop/payment | ✗ missing',
        'MCPServer shop/stock | – denied',
        'MemoryStore shop/notes | – denied',
        'ModelAPI shop/llm | – denied',
      ],
      arrows: [
        'Agent shop/advice --> MCPServer shop/stock',
        'Agent shop/advice --> ModelAPI shop/llm',
        'Agent shop/advice --> Agent shop/orders',
        'Agent shop/orders -.-> ✗ not found -.-> MCPServer shop/payment',
        'Agent shop/orders --> MemoryStore shop/notes',
        'Agent shop/orders --> ModelAPI shop/llm',
        'AgentGateway shop/counter --> open --> Agent shop/greeter',
        'AgentGateway shop/counter -.-> ✗ left out -.-> Agent shop/parcels',
        'AgentGateway shop/counter --> jwt+60/min --> Agent shop/returns',
        'Clients inside the cluster --> open, jwt+60/min --> AgentGateway shop/counter',
        'Clients outside the cluster --> open, jwt+60/min --> Gateway kaos-system/kaos-gateway',
        'Gateway kaos-system/kaos-gateway --> open --> Agent shop/advice',
        'Gateway kaos-system/kaos-gateway --> jwt+60/min --> Agent shop/orders',
        'Gateway kaos-system/kaos-gateway --> open, jwt+60/min --> AgentGateway shop/counter',
        'MemoryStore shop/notes --> ModelAPI shop/llm',
      ].toSorted(),
    });
  });

  it('marks a peer that is not exposed, and a model that its ModelAPI does not have', () => {
    const agents = [
      kaosAgent('lead', { agentNetwork: { access: ['helper'] } }),
      kaosAgent('helper', { model: 'other', agentNetwork: { expose: false } }),
    ];
    const { boxes, arrows } = picture([modelApi(), ...agents]);
    expect(boxes).toContain('Agent n/helper | ✗ a problem');
    expect(arrows).toContain('Agent n/lead -.-> ✗ is not exposed -.-> Agent n/helper');
    expect(arrows).toContain('Agent n/helper -.-> ✗ does not have the model -.-> ModelAPI n/llm');
  });

  it('marks a resource whose document is not valid', () => {
    const wrong = { ...modelApi(), spec: { mode: 'Prxy' } };
    const { boxes, arrows } = picture([wrong, kaosAgent('a')]);
    expect(boxes).toContain('ModelAPI n/llm | ✗ not valid');
    expect(arrows).toContain('Agent n/a -.-> ✗ not found -.-> ModelAPI n/llm');
  });

  it('marks an agent that has no gateway, and a gateway of another controller', () => {
    expect(picture([runtimeAgent('a')]).boxes).toEqual(['Agent n/a | – no address']);
    const other = {
      apiVersion: AGENTIC,
      kind: 'AgentGatewayClass',
      metadata: { name: 'other' },
      spec: { controller: 'example.com/other' },
    };
    const theirs = { ...gateway, spec: { agentGatewayClassName: 'other' } };
    expect(picture([other, theirs]).boxes).toEqual(['AgentGateway n/g | – of another controller']);
  });

  it('draws what agents of the agent runtime call, with the routes straight to them', () => {
    const lead = runtimeAgent('lead', {
      subAgents: [
        { name: 'h', agentRef: { name: 'helper' } },
        { name: 'gone', agentRef: { name: 'gone', namespace: 'm' } },
      ],
      tools: [{ name: 't', upstream: { toolServerRef: { name: 'search' } } }],
    });
    const documents = [lead, runtimeAgent('helper')];
    const { boxes, arrows } = picture(documents, '--agent-routes');
    expect(boxes).toContain('ToolServer n/search | – not read');
    expect(boxes).toContain('Agent m/gone | ✗ missing');
    expect(arrows).toContain('Agent n/lead --> Agent n/helper');
    expect(arrows).toContain('Agent n/lead -.-> ✗ not found -.-> Agent m/gone');
    expect(arrows).toContain('Gateway kaos-system/kaos-gateway --> open --> Agent n/lead');
    expect(picture(documents).arrows).toContain('Agent n/lead --> Agent n/helper');
  });

  it('draws the same whoever runs KAOS resources', () => {
    const documents = [modelApi(), kaosAgent('a', { mcpServers: ['none'] })];
    expect(picture(documents, '--kaos-runtime').arrows).toEqual(picture(documents).arrows);
  });

  it('keeps Agents of both kinds apart', () => {
    expect(picture([modelApi(), kaosAgent('a'), runtimeAgent('a')]).boxes).toEqual(
      expect.arrayContaining(['Agent n/a | open /n/agent/a', 'Agent n/a | – no address']),
    );
  });

  it('does not depend on the order of the documents', () => {
    const documents = [
      modelApi(),
      kaosAgent('a', { mcpServers: ['none'] }),
      kaosAgent('b'),
      gateway,
      runtimeAgent('c'),
    ];
    for (const format of ['mermaid', 'dot', 'svg']) {
      const flag = `--format=${format}`;
      expect(graphOf(documents.toReversed(), flag)).toEqual(graphOf(documents, flag));
    }
  });

  it.each(['AgentGateway', 'agents'])('draws only selected resources and what is beside them: %s', (kind) => {
    const documents = [
      modelApi('llm', 'm'),
      kaosAgent('other', {}, 'm'),
      ourClass,
      gateway,
      runtimeAgent('c'),
      kaosAgent('d'),
    ];
    const { boxes } = picture(documents, '--kind', kind, '--namespace', 'n', '--name', kind === 'agents' ? 'c' : 'g');
    expect(boxes.map((box) => box.split(' | ')[0])).toEqual([
      'Clients inside the cluster',
      'AgentGateway n/g',
      'Agent n/c',
    ]);
  });

  it('draws a cluster', () => {
    const agents = { 'agents.v1alpha1.kaos.tools': [kaosAgent('a')] };
    const { code, stdout } = graphCommand(['--cluster'], { kubectl: fakeKubectl(agents) });
    expect({ code, boxes: drawn(stdout).boxes }).toMatchObject({
      code: 0,
      boxes: expect.arrayContaining(['Agent n/a | open /n/agent/a | ! a warning']),
    });
  });
});

describe('graph of a cluster', () => {
  const agent = { ...kaosAgent('a'), metadata: { name: 'a', namespace: 'n', uid: 'u1' } };
  const route = (status: string) => ({
    metadata: {
      ...{ name: 'agent-a', namespace: 'n' },
      ownerReferences: [{ apiVersion: agent.apiVersion, kind: 'Agent', name: 'a', uid: 'u1', controller: true }],
    },
    spec: { parentRefs: [], rules: [] },
    status: {
      parents: [
        {
          parentRef: { name: 'kaos-gateway', namespace: 'kaos-system' },
          conditions: [{ type: 'Accepted', status, reason: 'NotAllowedByListeners', message: 'no' }],
        },
      ],
    },
  });

  it.each([
    ['False', 'Agent n/a | not accepted /n/agent/a | ✗ not accepted by the Gateway'],
    ['True', 'Agent n/a | open /n/agent/a'],
  ])('says whether the Gateway takes a route: %s', (status, box) => {
    const kubectl = fakeKubectl({
      'agents.v1alpha1.kaos.tools': [agent],
      'modelapis.v1alpha1.kaos.tools': [modelApi()],
      'httproutes.v1.gateway.networking.k8s.io': [route(status)],
    });
    expect(drawn(graphCommand(['--cluster'], { kubectl }).stdout).boxes).toContain(box);
  });
});

describe('graph says', () => {
  it('nothing about what the picture shows', () => {
    expect(graphOf([modelApi(), kaosAgent('a', { gatewayRoute: { timeout: 'soon' } })])).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(graphCommand(SHOP)).toMatchObject({ code: 0, stderr: '' });
  });

  it('what it passed over', () => {
    const { code, stderr } = graphOf([kaosAgent('a'), { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: standard input, document 2: ignored, because no controller reads "Pod.v1"\n',
    });
  });

  it('that nothing is selected', () => {
    expect(graphOf([kaosAgent('a')], '--name', 'b')).toMatchObject({
      code: 0,
      stderr:
        'note: nothing to draw: no selected document is one of Agent, AgentGateway, MCPServer, MemoryStore, ModelAPI\n',
    });
  });

  it.each(['mermaid', 'dot', 'svg', 'html'])('nothing, in a valid picture, if there are no documents: %s', (format) => {
    const { code, stdout, stderr } = graphCommand([`--format=${format}`, '-']);
    expect(graphCommand(['-o', format, '-'])).toEqual({ code, stdout, stderr });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'note: standard input: ignored, because it has no documents\n',
    });
    expect(stdout).not.toMatch(/NaN|Infinity|="undefined"/);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['a file that is not there', ['/none.yaml'], /^error: \/none\.yaml: does not exist/],
    ['no paths', [], /^error: expected files, folders, '-' for standard input, or --cluster\n$/],
    [
      'another format',
      ['--format=png', 'x'],
      /^error: option '-o, --format <format>' argument 'png' is invalid\. Allowed choices are mermaid, dot, svg, html\./,
    ],
    ['a setting that is not valid', ['--gateway-timeouts=x', '-'], /^error: --gateway-timeouts: /],
  ])('what is wrong, and exits with 1: %s', (_, args, stderr) => {
    expect(graphCommand(args)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(stderr) });
  });
});

describe('graph of many resources', () => {
  const agents = (count: number, namespaces: number) =>
    Array.from({ length: count }, (_, index) => kaosAgent(`a${index}`, {}, `n${index % namespaces}`));
  const models = (namespaces: number) => Array.from({ length: namespaces }, (_, index) => modelApi('llm', `n${index}`));

  it('draws those of a kind and a namespace as one, but for what is broken, and says so', () => {
    const broken = kaosAgent('bad', { modelAPI: 'lm' }, 'n0');
    const { code, stdout, stderr } = graphOf([...models(2), ...agents(300, 2), broken]);
    expect(code).toBe(0);
    expect(drawn(stdout).boxes).toEqual([
      'Clients outside the cluster',
      'Gateway kaos-system/kaos-gateway | open any host name',
      '150 Agents in n0 | open 150 addresses',
      '150 Agents in n1 | open 150 addresses',
      'Agent n0/bad | open /n0/agent/bad | ✗ a problem',
      'ModelAPI n0/llm | open /n0/modelapi/llm',
      'ModelAPI n0/lm | ✗ missing',
      'ModelAPI n1/llm | open /n1/modelapi/llm',
    ]);
    expect(stderr).toBe(
      'note: the picture: 304 resources are too many for a picture, so those of a kind and a namespace are one box; draw fewer by --namespace, --kind or --name\n',
    );
  });

  it('draws those of a kind as one if there are too many namespaces', () => {
    const { stdout, stderr } = graphOf([...models(200), ...agents(200, 200)]);
    expect(drawn(stdout).boxes).toContain('200 Agents in several namespaces | open 200 addresses');
    expect(stderr).toContain('so those of a kind are one box');
  });

  it('shows each of them in the table of the page', () => {
    const { stdout } = graphOf([...models(2), ...agents(300, 2)], '--format=html');
    expect(stdout.match(/<tbody /g)).toHaveLength(302);
    expect(stdout).toContain('302 resources are too many for a picture');
  });
});
