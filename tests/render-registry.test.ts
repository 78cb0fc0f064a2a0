import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readDocument } from './support/documents.ts';
import { itemsOf, renderStdin } from './support/rendering.ts';

const { mcpRuntimes } = parse(readDocument('chart/values.yaml')).kaosRuntime;

const server = (runtime: string) => ({
  apiVersion: 'kaos.tools/v1alpha1',
  kind: 'MCPServer',
  metadata: { name: 'm', namespace: 'n' },
  spec: { runtime },
});
const registry = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kaos-mcp-runtimes', namespace },
  data: { 'runtimes.yaml': 'runtimes: {mine: {image: mine:1}}' },
});

function imageOf(documents: readonly unknown[], ...flags: readonly string[]) {
  const { code, stdout, stderr } = renderStdin(documents, '--kaos-runtime', '-o', 'json', ...flags);
  const [deployment] = itemsOf(stdout, 'Deployment');
  return { code, image: deployment?.spec.template.spec.containers[0].image, stderr };
}

describe('render --kaos-runtime', () => {
  it.each(Object.keys(mcpRuntimes))('knows the runtime %s of the chart', (runtime) => {
    const { image, stderr } = imageOf([server(runtime)]);
    expect(image).toBe(mcpRuntimes[runtime].image);
    expect(stderr).not.toContain('registry');
  });

  it('knows them in any SYSTEM_NAMESPACE, and prints no registry', () => {
    expect(imageOf([server('python-string')], '--system-namespace', 'other').image).toBe(
      mcpRuntimes['python-string'].image,
    );
    expect(itemsOf(renderStdin([server('python-string')], '--kaos-runtime', '-o', 'json').stdout, 'ConfigMap')).toEqual(
      [],
    );
  });

  it('takes the registry of the input instead, if it is in the system namespace', () => {
    expect(imageOf([server('mine'), registry('kaos-system')])).toEqual({ code: 0, image: 'mine:1', stderr: '' });
    expect(imageOf([server('python-string'), registry('kaos-system')]).image).toBeUndefined();
    expect(imageOf([server('mine'), registry('elsewhere')]).image).toBeUndefined();
  });

  it('names a misspelt runtime with the one that was meant', () => {
    const { stderr } = imageOf([server('python_string')]);
    expect(stderr).toContain('unknown runtime: python_string (not found in registry); did you mean "python-string"?');
  });
});
