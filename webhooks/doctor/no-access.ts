import { type Finding, missing, wrong } from './finding.ts';
import { kubectl } from './mend.ts';
import type { Command } from './shell.ts';

interface Cause {
  readonly told: RegExp;
  readonly seen: string;
  readonly advice: string;
  readonly mend: Command;
}

/** What kubectl says if it cannot ask the cluster, the more specific first. */
const CAUSES: readonly Cause[] = [
  {
    told: /context .* does not exist|no context exists|current-context is not set/,
    seen: 'the kubeconfig does not have the context',
    advice: 'Choose one of these with --context.',
    mend: kubectl('config', 'get-contexts'),
  },
  {
    told: /Unauthorized|must be logged in|credentials/i,
    seen: 'the API server does not know the user',
    advice: 'Log in again, as for any kubectl call. This command then shows who you are.',
    mend: kubectl('auth', 'whoami'),
  },
  {
    told: /forbidden/i,
    seen: 'the user may not ask for the version',
    advice: 'Ask for the ClusterRole system:public-info-viewer, which every user has by default.',
    mend: kubectl('auth', 'can-i', '--list'),
  },
  {
    told: /x509|certificate/i,
    seen: 'the certificate of the API server is not trusted',
    advice: 'Get a new kubeconfig for this cluster. This command shows the one in use.',
    mend: kubectl('config', 'view', '--minify'),
  },
];

const UNREACHED = {
  seen: 'no API server answers',
  advice: 'Start the cluster, or choose another one with --context or --kubeconfig. This command has the address.',
  mend: kubectl('config', 'view', '--minify'),
};

/** The only finding, if kubectl cannot ask the cluster. */
export function noAccess(why: string): Finding {
  const page = 'docs/doctor.md#what-it-needs';
  const line = why.trim().split('\n').at(-1) ?? '';
  if (why.startsWith('kubectl was not found') || why.startsWith('kubectl could not be run')) {
    return missing({
      object: 'kubectl',
      seen: line,
      expected: 'a program kubectl on PATH: the cluster is read by it alone',
      mend: [['kubectl', 'version', '--client']],
      advice: 'Install it from https://kubernetes.io/docs/tasks/tools/ and look with this command.',
      page,
    });
  }
  const { seen, advice, mend } = CAUSES.find(({ told }) => told.test(why)) ?? UNREACHED;
  return wrong({
    object: 'the access to the cluster',
    seen: `${seen}: ${line}`,
    expected: 'kubectl version prints the version of the server',
    mend: [mend],
    advice,
    page,
  });
}
