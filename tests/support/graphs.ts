import { runCommand } from '../../webhooks/command/command.ts';
import type { CommandInput, CommandOutput } from '../../webhooks/verb.ts';
import { commandInput } from './command-input.ts';
import { exampleFlags } from './examples.ts';

/** The arguments of `graph` that draw the example with everything in it, from the folder of the project. */
export const SHOP: readonly string[] = [...exampleFlags('graph/shop.yaml'), 'examples/graph/'];

/** Runs `graph` with these arguments. */
export const graphCommand = (args: readonly string[], given: Partial<CommandInput> = {}): CommandOutput =>
  runCommand(commandInput(['graph', ...args], given));

/** Runs `graph` with these documents on its standard input. */
export const graphOf = (documents: readonly unknown[], ...flags: readonly string[]): CommandOutput =>
  graphCommand([...flags, '-'], {
    readInput: () => documents.map((document) => JSON.stringify(document)).join('\n---\n'),
  });

const KAOS = 'kaos.tools/v1alpha1';

export const kaosAgent = (name: string, spec: object = {}, namespace = 'n') => ({
  apiVersion: KAOS,
  kind: 'Agent',
  metadata: { name, namespace },
  spec: { modelAPI: 'llm', model: 'openai/x', ...spec },
});

export const modelApi = (name = 'llm', namespace = 'n') => ({
  apiVersion: KAOS,
  kind: 'ModelAPI',
  metadata: { name, namespace },
  spec: { mode: 'Proxy', proxyConfig: { models: ['openai/*'] } },
});

/** Names that mean something in YAML, Mermaid, Graphviz, XML, HTML or on a terminal. */
export const HOSTILE_NAMES: readonly string[] = [
  '"];x-->y["',
  '</text><script>alert(1)</script>',
  '#quot;&quot;&#34;&amp;',
  '`**bold**` _it_ ~x~',
  'a|b{c}(d)[e]<f>',
  'end',
  'graph TD; subgraph x',
  '%%{init: {}}%%',
  'line\nbreak\r\ttab',
  '\\"\\n\\N\\',
  '\u001b[31mred\u001b[0m',
  '\u202edrawkcab',
  '日本語 🙂 ümläut',
  "' onfocus='alert(1)",
  '-->',
  ']]>',
  '1. one',
  '- item',
  'https://example.com/x',
  '__proto__',
  '\u0000\ufffe\ud800',
  'x'.repeat(300),
];
