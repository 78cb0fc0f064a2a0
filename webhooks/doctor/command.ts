import { Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addClusterFlags, clusterChoice } from '../kubectl/cluster-flags.ts';
import { whichRelease } from '../kubectl/release.ts';
import { type CommandOutput, failed, type Verb, type VerbCall } from '../verb.ts';
import { diagnose } from './diagnose.ts';
import { type Gathered, gather } from './gather.ts';
import { chooseRelease, installationIn } from './installation.ts';
import type { Target } from './mend.ts';
import { noAccess } from './no-access.ts';
import { DOCTOR_OUTPUTS, type DoctorOutput, findingsIn, printReport, type Report } from './output.ts';
import type { Release } from './release.ts';

interface Flags {
  readonly output: DoctorOutput;
  readonly strict?: true;
  readonly context?: string;
  readonly kubeconfig?: string;
}

const EXAMPLES = `
Examples:
  The cluster of the current context:
    $ agent-gateway-hooks doctor
  Another cluster, and one of several releases in it:
    $ agent-gateway-hooks doctor --context production --release kaos-system/agent-gateway-hooks
  The first command that mends something, in a script:
    $ agent-gateway-hooks doctor --output json | jq -r '[.checks[].findings[].mend[]][0]'

It reads the cluster by kubectl alone, changes nothing, and never reads Secrets.`;

/**
 * The verb `doctor`. It exits with 0 if all checks were made and there is no error, or, with `--strict`, nothing to say, and else with 1. What was
 * not looked at may be wrong.
 */
export const doctorVerb: Verb = { define: doctorCommand, run: runDoctor };

function doctorCommand(): Command {
  const command = new Command('doctor')
    .description(
      'Say what is wrong with a cluster, a cause before its consequences, each with the command that mends it.',
    )
    .addOption(new Option('-o, --output <format>', 'output format').choices(DOCTOR_OUTPUTS).default('text'))
    .option('--strict', 'exit with 1 also for a warning')
    .addHelpText('after', EXAMPLES);
  addClusterFlags(command);
  return command;
}

function runDoctor(call: VerbCall): CommandOutput {
  const { context, kubeconfig } = call.flags as unknown as Flags;
  const target: Target = { context, kubeconfig };
  const { kubectl, release } = clusterChoice(call);
  const gathering = gather({ kubectl, progress: call.terminal.progress, now: call.now() });
  if (gathering.outcome === 'no-access') {
    return printed(call, noCluster(gathering.why, target));
  }
  const { cluster } = gathering;
  const choice = chooseRelease(cluster, release);
  if (choice.outcome === 'unclear') {
    return failed(whichRelease(choice.names, release));
  }
  const diagnosis = diagnose(installationIn(cluster, choice.release, packageJson.version));
  return printed(call, { ...diagnosis, about: aboutText(cluster, choice.release), target });
}

function printed({ terminal, flags }: VerbCall, report: Report): CommandOutput {
  const { output, strict = false } = flags as unknown as Flags;
  const isBad =
    findingsIn(report).some(({ severity }) => strict || severity === 'error') ||
    report.checks.some(({ verdict }) => verdict === 'unknown');
  return { code: isBad ? 1 : 0, stdout: printReport(report, output, terminal), stderr: '' };
}

function noCluster(why: string, target: Target): Report {
  const finding = noAccess(why);
  const check = { title: 'kubectl and the access to the cluster', verdict: finding.state, findings: [finding] };
  return { about: 'The cluster cannot be looked at.', checks: [check], unread: [], target };
}

function aboutText({ server, client }: Gathered, release: Release | undefined): string {
  const what = release === undefined ? 'no release' : `release ${release.namespace}/${release.name} ${release.version}`;
  return `Kubernetes ${server} (kubectl ${client}), ${what}`;
}
