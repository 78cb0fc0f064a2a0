import { describe, expect, it } from 'vitest';
import { terminalOf } from './support/command-input.ts';
import { AGENT, MODEL, renderCommand, renderFiles, renderStdin } from './support/rendering.ts';

/** Runs `render` with two Agents, one of them in a long namespace, on a terminal. */
const onTerminal = (width: number, ...flags: readonly string[]) =>
  renderCommand([...flags, '-'], {
    readInput: () => JSON.stringify({ ...AGENT, metadata: { name: 'a', namespace: 'a-long-namespace-of-a-team' } }),
    terminal: terminalOf(width),
  });

describe('a table on a terminal', () => {
  it('is as wide as it needs to be', () => {
    const wide = onTerminal(200, '-o', 'table').stdout;
    expect(wide.trimEnd().split('\n')).toHaveLength(2);
    expect(
      renderStdin([{ ...AGENT, metadata: { name: 'a', namespace: 'a-long-namespace-of-a-team' } }], '-o', 'table')
        .stdout,
    ).toBe(wide);
  });

  it.each([80, 60])('fits into %i columns, and nothing is lost', (width) => {
    const lines = onTerminal(width, '-o', 'table').stdout.trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    const addresses = lines
      .slice(1)
      .map((line) => line.slice(lines[0]?.indexOf('ADDRESS'), lines[0]?.indexOf('BACKEND')));
    expect(addresses.map((part) => part.trim()).join('')).toBe('/a-long-namespace-of-a-team/agent/a');
  });
});

it('levels have colours on a terminal, and nowhere else', () => {
  const { stderr } = onTerminal(80, 'nothing.yaml');
  expect(stderr).toContain('\u001b[31merror:\u001b[0m nothing.yaml: does not exist');
  expect(renderFiles('nothing.yaml').stderr).toMatch(/^error: nothing.yaml: does not exist/);
});

it('--name selects resources', () => {
  const other = { ...AGENT, metadata: { name: 'other', namespace: 'n' } };
  const { stdout } = renderStdin([AGENT, other, MODEL], '-o', 'json', '--name', 'other', '--name', 'm');
  const names = JSON.parse(stdout).items.map(
    ({ metadata }: { readonly metadata: { readonly name: string } }) => metadata.name,
  );
  expect(names).toEqual(['modelapi-m', 'agent-other']);
});

it('--output krakend prints the configuration of each gateway, laid out', () => {
  const { code, stdout } = renderFiles('--output', 'krakend', 'examples/agent-gateway/one-gateway.yaml');
  const files: Record<string, Record<string, unknown>> = JSON.parse(stdout);
  expect(code).toBe(0);
  const [configuration = {}] = Object.values(files);
  expect(configuration).toEqual({
    'krakend.json': expect.objectContaining({ version: 3, endpoints: expect.any(Array) }),
  });
  expect(renderStdin([AGENT], '--output', 'krakend')).toEqual({ code: 0, stdout: '', stderr: '' });
});
