import { describe, expect, it } from 'vitest';
import { AGENT, itemsOf } from '../../support/rendering.ts';
import { runNode } from '../../support/run.ts';

const MAIN = ['webhooks/command/main.ts', 'render'];

describe('the render command', () => {
  it('takes settings from the environment, and flags win over them', async () => {
    const env = { GATEWAY_NAME: 'from-environment', GATEWAY_NAMESPACE: 'from-environment', HOST: 'not a host' };
    const args = [...MAIN, '-o', 'json', '--gateway-name', 'from-flag', '-'];
    const { stdout } = await runNode(args, { input: JSON.stringify(AGENT), env });
    expect(itemsOf(stdout, 'HTTPRoute')[0].spec.parentRefs).toMatchObject([
      { name: 'from-flag', namespace: 'from-environment' },
    ]);
  });

  it('prints what it rendered and what it could not read, and exits with 1', async () => {
    const input = JSON.stringify(AGENT);
    expect(await runNode([...MAIN, '-o', 'table', '-', 'nothing.yaml'], { input })).toEqual({
      code: 1,
      stdout: expect.stringMatching(/\nAgent n\/a +\/n\/agent\/a /),
      stderr: expect.stringMatching(/^error: nothing.yaml: does not exist\n$/),
    });
  });

  it('exits with 1 if a flag is not valid, and with 0 for --help', async () => {
    expect(await runNode([...MAIN, '--output', 'xml', '-'])).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: option .* 'xml' is invalid/),
    });
    const help = await runNode([...MAIN, '--help']);
    expect(help).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: agent-gateway-hooks render /), stderr: '' });
  });
});
