import { Command, Option } from 'commander';
import { controllers } from '../../controllers/registry.ts';
import { OFFLINE_VARIABLES } from '../offline.ts';
import { readSettings } from '../settings/settings.ts';
import { buildCluster } from './cluster.ts';
import { addControllerFlags, chosenControllers } from './controller-flags.ts';
import { readManifests } from './manifests.ts';
import { OUTPUTS, type Output, print } from './output.ts';
import { remarks } from './remarks.ts';
import { render } from './render.ts';
import { addSettingFlags, environmentVariables, flagVariables } from './setting-flags.ts';
import { readSources } from './sources.ts';

const program = new Command('render')
  .description('Print what would be made of these resources: no cluster, the same functions as the server.')
  .argument('<paths...>', "files, folders, or '-' for standard input; all together are one cluster")
  .addOption(new Option('-o, --output <format>', 'what to print').choices(OUTPUTS).default('yaml'))
  .option('-n, --namespace <name>', 'the namespace of objects that name none', 'default');
addSettingFlags(program);
addControllerFlags(program, controllers);
program.parse();
process.exitCode = run(program.args, program.opts());

interface Flags {
  readonly output: Output;
  readonly namespace: string;
  readonly [flag: string]: unknown;
}

function run(paths: readonly string[], flags: Flags): 0 | 1 {
  const reading = readSettings({ ...OFFLINE_VARIABLES, ...environmentVariables(), ...flagVariables({ ...flags }) });
  if (reading.outcome === 'bad') {
    process.stderr.write(`${reading.line}\n`);
    return 1;
  }
  const read = readManifests(readSources(paths));
  const chosen = chosenControllers(controllers, flags);
  const cluster = buildCluster(read.manifests, chosen, flags.namespace);
  const rendered = chosen.map((controller) => render(controller, cluster, reading.settings.controllers));
  process.stdout.write(print(rendered, flags.output));
  process.stderr.write(
    remarks(read, cluster, rendered)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const isWhole = [read, cluster, ...rendered].every(({ complaints }) => complaints.length === 0);
  return isWhole ? 0 : 1;
}
