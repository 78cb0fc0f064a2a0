import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import packageJson from '../../../package.json' with { type: 'json' };
import { blocks, readDocument } from '../../support/documents.ts';
import { needing } from '../../support/needing.ts';
import { runJob } from '../../support/page-workflow.ts';
import { copyProject } from '../../support/project-copy.ts';
import { tool } from '../../support/tool.ts';
import { programs } from '../../support/workflow.ts';

const PAGE = readDocument('docs/pull-requests.md');
const [WORKFLOW = '', PERMISSIONS = '', COMMENT = '', STOP = '', PRE_COMMIT = ''] = blocks(PAGE, 'yaml');
const [HOOK = ''] = blocks(PAGE, 'bash');
const [TURN_ON = ''] = blocks(PAGE, 'text');
const ARCHIVE = `agent-gateway-hooks-${packageJson.version}.tgz`;

const agent = (name: string, more = '') => `apiVersion: kaos.tools/v1alpha1
kind: Agent
metadata: {name: ${name}, namespace: team}
spec:
  modelAPI: llm
  model: openai/x
${more}`;
const MODEL = `apiVersion: kaos.tools/v1alpha1
kind: ModelAPI
metadata: {name: llm, namespace: team}
spec: {mode: Proxy, proxyConfig: {models: [openai/*]}}
`;
const HIDDEN = '  agentNetwork: {expose: false}\n';
const TYPO = '  agentNetwrk: {expose: false}\n';
const VALUES = `gatewayAPI: {enabled: true, accessDialect: envoy-gateway}
kaosRoutes: {enabled: true}
accessRules:
  rules:
    - {match: {names: [public-*]}, allow: true}
    - jwt: {issuer: https://login.example.com/, jwksUri: https://login.example.com/jwks.json, audiences: [agents]}
`;

/** A workflow with more steps at the end of its job. */
function withSteps(workflow: string, ...steps: readonly string[]): string {
  return [workflow, ...steps.map((step) => step.replaceAll(/^/gm, '      '))].join('\n');
}

describe('a pull request', () => {
  let folder: string;
  let repository: string;
  let env: Readonly<Record<string, string>>;
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { cwd: repository, env, stdio: 'pipe' }).toString();
  const git = (...args: readonly string[]) => run('git', ...args);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(repository, file)), { recursive: true });
    writeFileSync(path.join(repository, file), text);
  };
  const commit = (message: string) => {
    git('add', '--all');
    git('commit', '--quiet', '--no-verify', '--message', message);
  };

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'pull-request-'));
    const project = copyProject();
    execFileSync('npm', ['run', '--silent', 'package'], { cwd: project.folder, stdio: 'pipe' });
    cpSync(path.join(project.folder, 'build', ARCHIVE), path.join(folder, ARCHIVE));
    project.remove();
    const npm = path.join(folder, 'npm');
    env = {
      PATH: [path.join(npm, 'bin'), path.dirname(process.execPath), process.env['PATH']].join(':'),
      HOME: folder,
      npm_config_prefix: npm,
      npm_config_offline: 'true',
      GIT_AUTHOR_NAME: 'test',
      GIT_AUTHOR_EMAIL: 'test@example.com',
      GIT_COMMITTER_NAME: 'test',
      GIT_COMMITTER_EMAIL: 'test@example.com',
    };
    repository = path.join(folder, 'repository');
    mkdirSync(repository);
    git('init', '--quiet', '--initial-branch', 'main');
    write('manifests/llm.yaml', MODEL);
    write('manifests/helper.yaml', agent('helper', HIDDEN));
    write('manifests/lead.yaml', agent('lead'));
    write('production.yaml', VALUES);
    write('.github/workflows/agents.yaml', WORKFLOW);
    mkdirSync(path.join(repository, 'tools'));
    cpSync(path.join(folder, ARCHIVE), path.join(repository, 'tools', ARCHIVE));
    commit('the manifests');
    git('tag', 'start');
  }, 300_000);
  afterEach(() => {
    git('checkout', '--quiet', '--force', '-B', 'main', 'start');
    git('clean', '--quiet', '--force', '-d', '-x');
    spawnSync('git', ['config', '--unset', 'core.hooksPath'], { cwd: repository, env });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  let jobs = 0;
  /** What GitHub checks out for a pull request with these files: its merge into main. */
  const pullRequest = (files: Readonly<Record<string, string>>, workflow = WORKFLOW, more = {}) => {
    git('checkout', '--quiet', '-B', 'change');
    for (const [file, text] of Object.entries(files)) {
      write(file, text);
    }
    commit('the change');
    git('checkout', '--quiet', 'main');
    write('README.md', 'Meanwhile somebody else merged.');
    commit('meanwhile');
    git('checkout', '--quiet', '--detach');
    git('merge', '--quiet', '--no-ff', '--message', 'the merge', 'change');
    jobs += 1;
    const temp = path.join(folder, `job-${jobs}`);
    return runJob(parse(workflow).jobs.agents, { cwd: repository, env: { ...env, ...more }, temp });
  };
  const codes = ({ steps }: ReturnType<typeof pullRequest>) => steps.map(({ step, code }) => `${step}: ${code}`);
  const INSTALLED = `npm install --global ./tools/${ARCHIVE}: 0`;

  it('that exposes an agent says so in the summary, and passes', { timeout: 60_000 }, () => {
    const job = pullRequest({ 'manifests/helper.yaml': agent('helper') });
    expect(codes(job)).toEqual([INSTALLED, 'What is wrong: 0', 'What changes: 0']);
    expect(job.summary).toContain('- addresses: 1 new\n- objects: 1 new\n');
    expect(job.summary).toMatch(
      /\| `\+` new \| `Agent\.kaos\.tools team\/helper at .*` \| .* \| `callers: everybody` \|\n/,
    );
    expect(job.summary).not.toContain('lead');
  });

  it('with a typo has an annotation at the line, a summary that shows what it does, and fails', {
    timeout: 60_000,
  }, () => {
    const job = pullRequest({ 'manifests/helper.yaml': agent('helper', TYPO) });
    expect(codes(job)).toEqual([INSTALLED, 'What is wrong: 1', 'What changes: 1']);
    expect(job.steps[1]?.log).toMatch(
      /^::error file=manifests\/helper\.yaml,line=7,col=3,title=InvalidField::Agent team\/helper: spec\.agentNetwrk: /,
    );
    expect(job.summary).toContain('- addresses: 1 new\n- problems: 1 new\n');
  });

  it('that opens an agent by a name, with the values of the release', { timeout: 60_000 }, () => {
    const workflow = WORKFLOW.replaceAll(' manifests/', ' --values production.yaml manifests/');
    expect(workflow.match(/--values production\.yaml/g)).toHaveLength(2);
    const opened = VALUES.replace('public-*', 'lead');
    const files = { 'production.yaml': opened };
    const job = pullRequest(
      files,
      withSteps(
        workflow.replace('diff --against-revision', 'diff --against-values old.yaml --against-revision'),
      ).replace('code=0\n', 'code=0\n          git show HEAD^1:production.yaml > old.yaml\n'),
    );
    expect(codes(job)).toEqual([INSTALLED, 'What is wrong: 0', 'What changes: 0']);
    expect(job.summary).toContain('| `!` **open to more callers** | `Agent.kaos.tools team/lead at ');
    expect(job.summary).toContain('`token: none is needed (before: https://login.example.com/, keys ');
  });

  it('without a change of manifests has a summary that says so', { timeout: 60_000 }, () => {
    const job = pullRequest({ 'notes.md': 'text' });
    expect(codes(job)).toEqual([INSTALLED, 'What is wrong: 0', 'What changes: 0']);
    expect(job.summary).toContain('no difference; resources: 3, addresses: 2, objects: 2\n');
  });

  it('has the difference as a comment: gh gets the file', { timeout: 60_000 }, () => {
    const bin = programs(folder, { gh: 'echo "$*" > "$CALLS"; cp "$RUNNER_TEMP/diff.md" "$CALLS.md"' });
    const calls = path.join(folder, 'calls');
    const workflow = withSteps(WORKFLOW, COMMENT);
    const more = { PATH: `${bin}:${env['PATH']}`, CALLS: calls };
    const job = pullRequest({ 'manifests/helper.yaml': agent('helper') }, workflow, more);
    expect(codes(job).at(-1)).toBe('Comment: 0');
    const file = path.join(folder, `job-${jobs}`, 'diff.md');
    expect(readFileSync(calls, 'utf8')).toMatch(new RegExp(`^pr comment .* --create-if-none --body-file ${file}\n$`));
    expect(readFileSync(`${calls}.md`, 'utf8')).toBe(job.summary);
  });

  needing({ name: 'jq on PATH', found: spawnSync('jq', ['--version']).status === 0 }).it(
    'stops if an agent opens, and only then',
    { timeout: 60_000 },
    () => {
      const workflow = withSteps(WORKFLOW, STOP).replace(/diff --against-revision HEAD\^1 --output json/, (diff) =>
        diff.replace('diff', 'diff --values production.yaml --against-values old.yaml'),
      );
      const old = { 'old.yaml': VALUES };
      const open = pullRequest({ ...old, 'production.yaml': VALUES.replace('public-*', 'lead') }, workflow);
      expect(codes(open).at(-1)).toBe('Open to more callers: 1');
      git('checkout', '--quiet', '--force', '-B', 'main', 'start');
      const closed = pullRequest({ ...old, 'manifests/public.yaml': agent('public-a') }, workflow);
      expect(codes(closed).at(-1)).toBe('Open to more callers: 0');
    },
  );

  const actionlint = tool('actionlint', 'ACTIONLINT', tmpdir());
  actionlint.needed.it('has workflows that actionlint accepts', () => {
    const job = `  agents:\n${PERMISSIONS.replaceAll(/^/gm, '    ')}\n`;
    const workflows = [WORKFLOW, withSteps(WORKFLOW.replace('  agents:\n', job), COMMENT, STOP)];
    for (const [index, workflow] of workflows.entries()) {
      const file = path.join(folder, `${index}.yaml`);
      writeFileSync(file, `${workflow}\n`);
      expect(actionlint.run(file)).toEqual({ code: 0, output: '' });
    }
  });

  describe('before it, a commit', () => {
    const tryCommit = () => {
      const { status, stdout, stderr } = spawnSync('git', ['commit', '--message', 'x'], {
        cwd: repository,
        env,
        encoding: 'utf8',
      });
      return { code: status, output: `${stdout}${stderr}` };
    };
    const refused = /^manifests\/lead\.yaml:7:3: error: Agent team\/lead: spec\.agentNetwrk: .*\n/;
    const install = () => run('npm', 'install', '--global', `./tools/${ARCHIVE}`);

    describe('with the hook of git', () => {
      const turnOn = () => {
        install();
        write('.githooks/pre-commit', `${HOOK}\n`);
        execFileSync('bash', ['-euc', TURN_ON], { cwd: repository, env });
      };

      it('with a typo is refused, and a good one passes', { timeout: 60_000 }, () => {
        turnOn();
        write('manifests/lead.yaml', agent('lead', TYPO));
        git('add', '--all');
        expect(tryCommit()).toEqual({ code: 1, output: expect.stringMatching(refused) });
        write('manifests/lead.yaml', agent('lead', HIDDEN));
        git('add', '--all');
        expect(tryCommit().code).toBe(0);
        expect(git('status', '--porcelain')).toBe('');
      });

      it('is judged by what is staged', { timeout: 60_000 }, () => {
        turnOn();
        write('manifests/lead.yaml', agent('lead', TYPO));
        git('add', '--all');
        write('manifests/lead.yaml', agent('lead', HIDDEN));
        expect(tryCommit().code).toBe(1);
        git('add', '--all');
        write('manifests/lead.yaml', agent('lead', TYPO));
        expect(tryCommit().code).toBe(0);
      });

      it('without manifests passes, also one that removes all of them', { timeout: 60_000 }, () => {
        turnOn();
        git('add', '--all');
        expect(tryCommit().code).toBe(0);
        git('rm', '--quiet', '-r', 'manifests');
        expect(tryCommit().code).toBe(0);
      });
    });

    const preCommit = tool('pre-commit', 'PRE_COMMIT', tmpdir());
    preCommit.needed.it('with pre-commit and a typo is refused, and a good one passes', { timeout: 120_000 }, () => {
      install();
      write('.pre-commit-config.yaml', `${PRE_COMMIT}\n`);
      run(process.env['PRE_COMMIT'] || 'pre-commit', 'install');
      write('manifests/lead.yaml', agent('lead', TYPO));
      git('add', '--all');
      expect(tryCommit()).toEqual({ code: 1, output: expect.stringContaining('spec.agentNetwrk: is not a field') });
      write('manifests/lead.yaml', agent('lead', HIDDEN));
      git('add', '--all');
      expect(tryCommit()).toMatchObject({ code: 0, output: expect.stringContaining('Passed') });
      rmSync(path.join(repository, '.git/hooks/pre-commit'));
    });
  });
});
