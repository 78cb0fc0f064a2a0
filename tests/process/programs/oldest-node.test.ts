import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { nodeOfVersion, OLDEST_NODES } from '../../support/node-versions.ts';
import { recordedBody } from '../../support/recordings.ts';
import { runNode } from '../../support/run.ts';
import { killServices, startService } from '../../support/service-process.ts';

afterEach(killServices);

describe.each(OLDEST_NODES)('Node %s', (version) => {
  let node: string;
  beforeAll(() => {
    node = nodeOfVersion(version);
  }, 300_000);

  it('is what runs', async () => {
    expect((await runNode(['--version'], { node })).stdout).toBe(`v${version}\n`);
  });

  it('renders the examples as the Node of the project does', async () => {
    const args = ['webhooks/command/main.ts', 'render', '--output', 'table', 'examples/'];
    const rendered = await runNode(args, { node });
    expect(rendered).toMatchObject({ code: 0, stdout: expect.stringContaining('Agent support/desk') });
    expect(rendered).toEqual(await runNode(args));
  });

  it('answers all fixtures', async () => {
    const checked = await runNode(['webhooks/fixtures/main.ts', '--check', 'tests/fixtures'], { node });
    expect(checked).toEqual({ code: 0, stdout: expect.stringMatching(/^fixtures: \d+, errors: 0\n$/), stderr: '' });
  });

  it('serves the hooks', async () => {
    const { port } = await startService({}, [], { node });
    const answer = await fetch(`http://127.0.0.1:${port}/kaos-routes/sync`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(recordedBody('decorator-sync-agent-research.helper-new')),
    });
    expect(answer.status).toBe(200);
  });
});

it('the types of Node are those of its oldest line, so that they lack what it lacks', () => {
  const lines = [OLDEST_NODES[0], packageJson.devDependencies['@types/node']].map((version) => version?.split('.')[0]);
  expect(lines).toEqual(['22', '22']);
});
