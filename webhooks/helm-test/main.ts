import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Call, statusOf } from './call.ts';

/** A sync of an Agent without children, as Metacontroller sends it. The answer is not applied, so nothing changes. */
const AGENT_SYNC = JSON.stringify({
  controller: {},
  object: {
    apiVersion: 'kaos.tools/v1alpha1',
    kind: 'Agent',
    metadata: { name: 'helm-test', namespace: 'helm-test' },
    spec: {},
  },
  attachments: {},
  related: {},
  finalizing: false,
});

/** `helm test` runs this in a pod. It checks that the service answers Metacontroller and refuses other callers. */
const program = new Command('helm-test')
  .description('Call a running service as Metacontroller does, with and without credentials.')
  .requiredOption('--readyz <url>', 'URL of the readiness probe')
  .requiredOption('--hook <url>', 'URL of the sync hook of kaos-routes')
  .option('--ca <pem>', 'CA bundle to trust, as PEM text')
  .option('--ca-file <path>', 'file with the CA bundle to trust')
  .option('--token-file <path>', 'file with a bearer token')
  .option('--client-certificate <folder>', 'folder with tls.crt and tls.key')
  .parse();
process.exitCode = await run(program.opts());

interface Flags {
  readonly readyz: string;
  readonly hook: string;
  readonly ca?: string;
  readonly caFile?: string;
  readonly tokenFile?: string;
  readonly clientCertificate?: string;
}

interface Check {
  readonly title: string;
  readonly call: Call;
  readonly expected: number;
}

async function run(flags: Flags): Promise<0 | 1> {
  let failures = 0;
  for (const { title, call, expected } of checks(flags)) {
    const status = await statusOf(call);
    failures += status === expected ? 0 : 1;
    process.stdout.write(`${call.url} ${title}: ${status}${status === expected ? '' : `, expected ${expected}`}\n`);
  }
  return failures === 0 ? 0 : 1;
}

function checks(flags: Flags): Check[] {
  const { readyz, hook, tokenFile, clientCertificate } = flags;
  const ca = flags.ca ?? (flags.caFile === undefined ? undefined : read(flags.caFile));
  const anyone = { url: hook, ca, body: AGENT_SYNC };
  const isClosed = tokenFile !== undefined || clientCertificate !== undefined;
  const opened = { ...anyone, ...credentials(flags) };
  return [
    { title: 'readiness', call: { url: readyz }, expected: 200 },
    { title: 'without a credential', call: anyone, expected: isClosed ? 401 : 200 },
    ...(isClosed ? [{ title: "with Metacontroller's credentials", call: opened, expected: 200 }] : []),
  ];
}

function credentials({ tokenFile, clientCertificate: folder }: Flags): Partial<Call> {
  return {
    ...(tokenFile !== undefined && { token: read(tokenFile).trim() }),
    ...(folder !== undefined && { cert: read(`${folder}/tls.crt`), key: read(`${folder}/tls.key`) }),
  };
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}
