import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { parse } from 'yaml';
import { type CrdChart, crdCharts } from '../../controllers/crds.ts';
import { misfitTextOf } from '../../controllers/misfit.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import { crdChartFiles } from './crd-chart-files.ts';

/** The part of Chart.yaml that this command reads: https://helm.sh/docs/topics/charts/#chart-dependencies */
const Chart = Type.Object({
  dependencies: Type.Array(Type.Object({ name: Type.String(), version: Type.String() })),
});

const program = new Command('crds')
  .description('Rewrite the subcharts of CustomResourceDefinitions.')
  .argument('[folder]', 'folder of the parent chart', 'chart')
  .parse();
const [folder = ''] = program.processedArgs;
const { dependencies } = readChart(path.join(folder, 'Chart.yaml'));
for (const chart of crdCharts) {
  write(chart);
}

function readChart(file: string) {
  if (!existsSync(file)) {
    program.error(`error: ${file}: file not found`);
  }
  const chart: unknown = parse(readFileSync(file, 'utf8'));
  return Value.Check(Chart, chart) ? chart : program.error(`error: ${file}: ${misfitTextOf(Chart, chart, 'the file')}`);
}

function write(chart: CrdChart): void {
  const subchart = path.join(folder, 'charts', chart.name);
  const files = crdChartFiles(chart, requiredVersion(chart.name));
  rmSync(subchart, { recursive: true, force: true });
  for (const { name, text } of files) {
    const file = path.join(subchart, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The version that the parent chart requires. `helm dependency list` reports any other as wrong. */
function requiredVersion(subchart: string): string {
  const dependency = dependencies.find(({ name }) => name === subchart);
  return dependency?.version ?? program.error(`error: ${folder}/Chart.yaml: dependencies: ${subchart} is missing`);
}
