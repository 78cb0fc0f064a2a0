import { Command, Option } from 'commander';
import { addInputFlags, inputOf } from '../evaluate/input-flags.ts';
import { remarkLines } from '../evaluate/remarks.ts';
import { type CommandOutput, failed, type Verb, type VerbCall } from '../verb.ts';
import { toDot } from './dot.ts';
import { type Drawn, draw } from './drawn.ts';
import { factsOf } from './facts.ts';
import { toHtml } from './html.ts';
import { itemsOf } from './items.ts';
import { leftOver } from './left-over.ts';
import { toMermaid } from './mermaid.ts';
import { selectedItems } from './selected.ts';
import { toSvg } from './svg.ts';

const FORMATS = ['mermaid', 'dot', 'svg', 'html'] as const;

interface Flags {
  readonly format: (typeof FORMATS)[number];
}

const EXAMPLES = `
Examples:
  A page with the picture and a table, for any browser:
    $ agent-gateway-hooks graph --format html manifests/ > graph.html
  The same for a cluster, with the settings of its release:
    $ agent-gateway-hooks graph --format html --cluster > graph.html
  One agent, what it calls, and who calls it:
    $ agent-gateway-hooks graph --kind Agent --namespace research --name lead manifests/
  A flowchart for Markdown, which GitHub draws:
    $ (echo '\`\`\`mermaid'; agent-gateway-hooks graph manifests/; echo '\`\`\`') > graph.md
  A PDF, with Graphviz:
    $ agent-gateway-hooks graph --format dot manifests/ | dot -Tpdf > graph.pdf`;

/** The verb `graph`. It exits with 1 only if it has nothing to draw because the input is wrong. */
export const graphVerb: Verb = { define: graphCommand, run: runGraph };

function graphCommand(): Command {
  const command = new Command('graph')
    .description('Draw who calls what: clients, gateways, agents, models, tools and memory. What is broken is marked.')
    .addOption(
      new Option('-o, --format <format>', 'output format: text for Mermaid or Graphviz, a picture, or a page')
        .choices(FORMATS)
        .default('mermaid'),
    )
    .addHelpText('after', EXAMPLES);
  return addInputFlags(command);
}

function runGraph(call: VerbCall): CommandOutput {
  const { format } = call.flags as unknown as Flags;
  const reading = inputOf(call);
  if (reading.outcome === 'bad') {
    return failed(reading.line);
  }
  const { input } = reading;
  const facts = factsOf(input);
  call.terminal.progress('drawing');
  const drawn = draw(selectedItems(itemsOf(facts), input.selection));
  const remarks = leftOver(facts, drawn, input.selection);
  const isEmpty = drawn.items.length === 0 && remarks.some(({ level }) => level === 'error');
  return {
    code: isEmpty ? 1 : 0,
    stdout: isEmpty ? '' : print(drawn, format),
    stderr: remarkLines(remarks, call.terminal.errorsHaveColours),
  };
}

function print(drawn: Drawn, format: Flags['format']): string {
  switch (format) {
    case 'mermaid':
      return toMermaid(drawn.graph);
    case 'dot':
      return toDot(drawn.graph);
    case 'svg':
      return toSvg(drawn.graph);
    case 'html':
      return toHtml(drawn);
  }
}
