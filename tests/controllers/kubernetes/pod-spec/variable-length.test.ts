import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { whyTooLong } from '../../../../controllers/kubernetes/pod-spec/variable-rules.ts';
import * as gateways from '../../../support/gateways.ts';
import { agent, mcpServer, memoryStore, modelApi, ready, registry, sync } from '../../../support/kaos.ts';

const MOST = 131_071;
const LIMIT = `bytes with its name and '='; expected at most ${MOST}`;
/** A value so long that the variable `A` has this number of bytes. */
const longValue = (bytes: number) => 'x'.repeat(bytes - 'A='.length);
const starts = (value: string) => spawnSync(process.execPath, ['--version'], { env: { A: value } }).error === undefined;
const message = (bytes: number) => expect.stringContaining(`has ${bytes} ${LIMIT}`);

describe('a variable that is too long for the kernel', () => {
  it.runIf(process.platform === 'linux').each([
    [longValue(MOST), true],
    [longValue(MOST + 1), false],
    [`é${longValue(MOST - 2)}`, true],
    [`é${longValue(MOST - 1)}`, false],
  ])('is one with which Linux starts no program', (value, isStarted) => {
    expect(starts(value)).toBe(isStarted);
    expect(whyTooLong({ name: 'A', value }) === undefined).toBe(isStarted);
  });

  it('counts two dollars as one, as the kubelet does', () => {
    expect(whyTooLong({ name: 'A', value: `$$(B)${longValue(MOST - 4)}` })).toBeUndefined();
    expect(whyTooLong({ name: 'A', value: `$$(B)${longValue(MOST - 3)}` })).toBeDefined();
  });

  const long = { name: 'A', value: longValue(MOST + 1) };
  const short = { name: 'B', value: 'b' };

  it('is left out of the pods of KAOS and told, and the others stay', () => {
    const related = [ready(modelApi())];
    const own = sync({ parent: agent({ container: { env: [long, short] } }), related });
    expect(own.names).toContain('B');
    expect(own.names).not.toContain('A');
    expect(own.conditions['Accepted']).toMatchObject({ reason: 'EnvironmentRefused', message: message(MOST + 1) });
    const inPodSpec = sync({
      parent: agent({ podSpec: { containers: [{ name: 'agent', env: [long, short] }] } }),
      related,
    });
    expect(inPodSpec.names).toContain('B');
    expect(inPodSpec.names).not.toContain('A');
    expect(inPodSpec.conditions['Accepted']).toMatchObject({ reason: 'InvalidPodSpec', message: message(MOST + 1) });
  });

  it('is left out of an AgentGateway and told', () => {
    const { pod, conditions } = gateways.sync({ parent: gateways.gateway({ env: [long, short] }) });
    const { env } = pod.spec.containers[0];
    expect(env).toContainEqual(short);
    expect(JSON.stringify(env)).not.toContain('"A"');
    expect(conditions['Accepted']).toMatchObject({ reason: 'EnvironmentRefused', message: message(MOST + 1) });
  });

  it.each([
    [
      agent({ config: { instructions: 'x'.repeat(140_000) } }),
      'spec.config.instructions: the variable AGENT_INSTRUCTIONS has 140019',
    ],
    [
      agent({ config: { description: 'x'.repeat(140_000) } }),
      'spec.config.description: the variable AGENT_DESCRIPTION has 140018',
    ],
    [
      agent({ config: { systemPrompt: 'x'.repeat(140_000) } }),
      'spec.config.systemPrompt: the variable AGENT_SYSTEM_PROMPT has 140020',
    ],
    [
      agent({ config: { autonomous: { goal: 'x'.repeat(140_000) } } }),
      'spec.config.autonomous.goal: the variable AUTONOMOUS_GOAL has 140016',
    ],
    [
      memoryStore({ mediumTerm: { systemPrompt: 'x'.repeat(140_000) } }),
      'spec.mediumTerm.systemPrompt: the variable KAOS_MEMORY_SUMMARIZATION_SYSTEM_PROMPT has 140040',
    ],
    [
      memoryStore({ longTerm: { extraction: { systemPrompt: 'x'.repeat(140_000) } } }),
      'spec.longTerm.extraction.systemPrompt: the variable KAOS_MEMORY_EXTRACTION_SYSTEM_PROMPT has 140037',
    ],
    [mcpServer({ params: 'x'.repeat(140_000) }), 'the variable MCP_TOOLS_STRING has 140017'],
  ])('holds a resource that it is made from, so that older pods keep running: %#', (parent, text) => {
    const { conditions, status, deployment } = sync({ parent, related: [ready(modelApi()), registry()] });
    expect(deployment).toBeUndefined();
    expect(status.phase).toBe('Failed');
    expect(conditions['Accepted']).toMatchObject({ status: 'False', reason: 'SpecTooLarge' });
    expect(conditions['Accepted']?.message).toMatch(`${text} ${LIMIT}`);
  });
});
