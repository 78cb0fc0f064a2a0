import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chat, post } from './support/agent-calls.ts';
import type { Backend } from './support/backends.ts';
import { inParallel } from './support/in-parallel.ts';
import { isAgent } from './support/kaos-team.ts';
import type { Pod } from './support/pods.ts';
import { isAnswered } from './support/probes.ts';
import {
  KEY,
  type SampleCluster,
  samplePods,
  startSampleCluster,
  startSamplePod,
  withSamples,
} from './support/sample-cluster.ts';

const PATIENCE = { timeout: 60_000, interval: 500 };

/** A task that is passed on to agents, one after the other, and there to a tool. */
function through(agents: readonly string[], tool: string, argument: object): string {
  const task = `call ${tool} ${JSON.stringify(argument)}`;
  return agents.reduceRight((passed, agent) => `call delegate_to_${agent} ${JSON.stringify({ task: passed })}`, task);
}

const echo = (...agents: string[]) => through(agents, 'echo', { message: 'hi' });
const calculate = (...agents: string[]) => through(agents, 'calculate', { expression: '6 * 7' });

withSamples.describe('the samples of KAOS 0.8, called through Envoy,', () => {
  let cluster: SampleCluster;
  beforeAll(async () => {
    cluster = await startSampleCluster();
  }, 180_000);
  afterAll(() => cluster?.stop());

  const at = (path: string) => `${cluster.gateway.url}/samples/${path}`;
  const say = (agent: string, text: string, session?: string, headers = {}) =>
    chat(at(`agent/${agent}`), text, session, headers);
  const events = async (agent: string, query = '') => (await fetch(at(`agent/${agent}/memory/events${query}`))).text();

  /** Runs the pods of a sample during these tests. */
  function sample(name: string, tests: () => void): void {
    describe(name, { timeout: 120_000 }, () => {
      const pods = samplePods(name);
      const running: Pick<Backend, 'stop'>[] = [];
      const start = (some: readonly Pod[]) =>
        inParallel(some, 2, async (pod) => {
          running.push(await startSamplePod(pod, cluster));
        });
      beforeAll(async () => {
        await start(pods.filter((pod) => !isAgent(pod)));
        await start(pods.filter(isAgent));
      }, 400_000);
      afterAll(() => Promise.all(running.map((started) => started.stop())));
      it('answers the probes of all pods', async () => {
        const probes = pods.map((pod) => isAnswered(pod, pod.container.livenessProbe));
        expect(await Promise.all(probes)).toEqual(pods.map(() => true));
      });
      tests();
    });
  }

  sample('1-simple-echo-agent', () => {
    it('calls its tool', async () => {
      expect(await say('simple-agent', echo())).toBe('Echo: hi');
    });
  });

  sample('2-multi-agent-mcp', () => {
    it('passes tasks on to both workers', async () => {
      expect(await say('coordinator', echo('worker-1'))).toBe('Echo: hi');
      expect(await say('coordinator', echo('worker-2'))).toBe('Echo: hi');
    });
  });

  sample('3-hierarchical-agents', () => {
    it('passes tasks on over two levels, to both teams', async () => {
      expect(await say('supervisor', echo('research-lead', 'researcher-2'))).toBe('Echo: hi');
      expect(await say('supervisor', calculate('analysis-lead', 'analyst-1'))).toBe('42');
      expect(cluster.provider.credentials()).toEqual([`Bearer ${KEY}`]);
    });
  });

  sample('4-dev-ollama-proxy-agent', () => {
    it('calls its tool, as the Ollama on the machine of its developer asks', async () => {
      expect(await say('dev-agent', echo())).toContain('Echo: hi');
    });
  });

  sample('5-proxy-external-api', () => {
    it('calculates', async () => {
      expect(await say('external-agent', calculate())).toBe('42');
    });
  });

  sample('6-autonomous-monitor', () => {
    it('works on its goal without being asked', async () => {
      const answer = /was asked \\"Monitor the Kubernetes cluster health\./;
      await vi.waitFor(async () => expect(await events('cluster-monitor')).toMatch(answer), PATIENCE);
    });

    it('calls the tools of both servers', async () => {
      const list = through([], 'pods_list_in_namespace', { namespace: 'samples' });
      expect(await say('cluster-monitor', list)).toBe('samples/web Running');
      const check = through([], 'check_pod_status', { pod_name: 'web', status: 'Running' });
      expect(await say('cluster-monitor', check)).toBe('✅ web: HEALTHY (Running)');
    });

    it('has a tool that fails in KAOS’s server, which hides the imports of the code from its functions', async () => {
      const report = through([], 'generate_health_report', { pod_data: '' });
      expect(await say('cluster-monitor', report)).toMatch(/name 'datetime' is not defined/);
    });
  });

  sample('7-memory-agent', () => {
    // A policy of the Gateway sets this header from the user's token, and removes that of callers.
    const user = (name: string) => ({ 'x-user-claim-sub': name });

    const NOTED = 'Noted — your favourite deployment port is 8080.';

    it('shares a conversation between agents', async () => {
      const session = randomUUID();
      expect(await say('user-assistant', 'My port is 8080.', session, user('ada'))).toBe(NOTED);
      expect(await say('agent-bot', 'Which?', session, user('ada'))).toContain('was asked "My port is 8080."');
      expect(await say('session-assistant', 'Thanks.', session, user('ada'))).toBe(NOTED);
    });

    it('remembers what a user said in older conversations, for this user alone', async () => {
      const facts = async (principal: string) => {
        const asked = { scope: { level: 'user', principal }, query: 'port' };
        return JSON.stringify(await post(at('memorystore/support-memory/v1/recall'), asked));
      };
      const session = randomUUID();
      await say('agent-bot', 'My port is 8080.', session, user('ada'));
      // The store extracts what a conversation said as soon as the conversation is long, some time after it answers.
      await say('agent-bot', 'much '.repeat(100), session, user('ada'));
      await vi.waitFor(async () => expect(await facts('ada')).toContain('- My port is 8080.'), PATIENCE);
      expect(await say('agent-bot', 'Hello.', randomUUID(), user('ada'))).toContain('- My port is 8080.');
      expect(await say('agent-bot', 'Hello.', randomUUID(), user('bob'))).not.toContain('8080');
      expect(await facts('bob')).toContain('"facts":[]');
    });

    it('has a store that answers', async () => {
      const response = await fetch(at('memorystore/support-memory/readyz'));
      expect(await response.json()).toMatchObject({ ready: true });
    });
  });

  sample('8-authorization-walkthrough', () => {
    it('answers everyone, because nothing here enforces its AccessGrant', async () => {
      const session = randomUUID();
      expect(await say('researcher', 'hello', session)).toBe('Researcher echo response');
      expect(await events('researcher', `?session_id=${session}`)).toContain('Echo: authorization note');
    });

    it('has an agent that works on its goal without being asked', async () => {
      await vi.waitFor(async () => expect(await events('autobot')).toContain('Autobot echo response'), PATIENCE);
    });
  });
});
