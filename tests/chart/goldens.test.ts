import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { GATEWAY_API, helm, withHelm } from '../support/helm.ts';

const FOLDER = import.meta.dirname;

function cases(suffix: string): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .sort();
}

const inputs = cases('.values.yaml');

/** API versions of a case's cluster. All have the Gateway API, except the case named so. */
const clusterOf = (name: string) => (name === 'without-gateway-api' ? [] : GATEWAY_API);

withHelm.describe('the chart, rendered with the values of a case', () => {
  it.each(inputs)('%s matches its golden file, which `npm run chart` writes', async (name) => {
    const values = path.join(FOLDER, `${name}.values.yaml`);
    const release = ['agent-gateway-hooks', 'chart', '--namespace', 'kaos-system'];
    const { stdout, stderr } = helm('template', ...release, '--values', values, ...clusterOf(name));
    expect(stderr).toBe('');
    await expect(stdout).toMatchFileSnapshot(path.join(FOLDER, `${name}.golden.yaml`));
  });
});

it('every golden file has a case', () => {
  expect(cases('.golden.yaml').filter((name) => !inputs.includes(name))).toEqual([]);
});
