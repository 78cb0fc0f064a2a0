import { setTimeout as sleep } from 'node:timers/promises';
import { Message, Task, TaskStatusUpdateEvent } from '@a2a-js/sdk';
import { AgentEvent, type AgentExecutor } from '@a2a-js/sdk/server';
import { a2aServer, said, textOf } from './a2a-server.ts';
import { type Backend, listening } from './backends.ts';

/**
 * Starts an agent of the A2A SDK with a public address in its card. It repeats what it hears. For `tick 20` it makes a
 * task that sends the time every second, twenty times. As agents of KAOS do, it serves its card at this path alone.
 */
export function startSdkAgent(url: string): Promise<Backend> {
  const description = 'Repeats what it hears, and tells the time.';
  return listening(a2aServer({ name: 'lead', description, url, cardPath: '/.well-known/agent.json' }, EXECUTOR));
}

const EXECUTOR: AgentExecutor = {
  execute: async ({ userMessage, taskId, contextId }, bus) => {
    const heard = textOf(userMessage);
    const [, ticks] = /^tick (\d+)$/.exec(heard) ?? [];
    if (ticks === undefined) {
      bus.publish(AgentEvent.message(said(`heard ${heard}`)));
    } else {
      bus.publish(AgentEvent.task(Task.fromJSON({ id: taskId, contextId, status: { state: 'TASK_STATE_SUBMITTED' } })));
      for (let left = Number(ticks); left > 0; left -= 1) {
        await sleep(1000);
        const state = left === 1 ? 'TASK_STATE_COMPLETED' : 'TASK_STATE_WORKING';
        const status = { state, message: Message.toJSON(said(String(Date.now()))) };
        bus.publish(AgentEvent.statusUpdate(TaskStatusUpdateEvent.fromJSON({ taskId, contextId, status })));
      }
    }
    bus.finished();
  },
  cancelTask: async (_taskId, bus) => bus.finished(),
};
