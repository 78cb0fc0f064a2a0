import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphCommand, graphOf, HOSTILE_NAMES, kaosAgent, modelApi, SHOP } from './support/graphs.ts';

interface DotObject {
  readonly name: string;
  readonly label: string;
  readonly style?: string;
}

describe('the text for Graphviz', () => {
  let graphviz: Graphviz;
  beforeAll(async () => {
    graphviz = await Graphviz.load();
  });

  const read = (dot: string): readonly DotObject[] => JSON.parse(graphviz.layout(dot, 'json', 'dot')).objects;

  it('is read by Graphviz, with dashed lines around what is broken', () => {
    const boxes = read(graphCommand(['--format=dot', ...SHOP]).stdout);
    expect(boxes).toHaveLength(13);
    const broken = boxes.filter(({ style }) => style === 'dashed').map(({ label }) => label);
    expect(broken.toSorted()).toEqual(['Agent shop/parcels\\n✗ left out', 'MCPServer shop/payment\\n✗ missing']);
  });

  it('has hostile names as they are', () => {
    const agents = HOSTILE_NAMES.map((name) => kaosAgent(name));
    const boxes = read(graphOf([modelApi(), ...agents], '--format=dot').stdout);
    expect(boxes).toHaveLength(3 + HOSTILE_NAMES.length);
    const svg = graphviz.layout(graphOf([kaosAgent('a&amp;<b>"\\N')], '--format=dot').stdout, 'svg', 'dot');
    expect(svg).toContain('Agent n/a&amp;amp;&lt;b&gt;&quot;\\N');
  });
});
