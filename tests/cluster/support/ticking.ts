import { setTimeout as sleep } from 'node:timers/promises';
import { Message, Task, TaskStatusUpdateEvent } from '@a2a-js/sdk';
import { AgentEvent, type AgentExecutor } from '@a2a-js/sdk/server';
import { said, textOf } from './a2a-server.ts';

type Execute = AgentExecutor['execute'];

/**
 * An agent that sends the time every second, twenty times, if it hears `tick 20`, until the task is canceled. Everything else is
 * for `otherwise`.
 */
export function ticking(otherwise: Execute): AgentExecutor {
  const running = new Map<string, AbortController>();
  return {
    execute: async (context, bus) => {
      const [, ticks] = /^tick (\d+)$/.exec(textOf(context.userMessage)) ?? [];
      if (ticks === undefined) {
        await otherwise(context, bus);
        return;
      }
      const { taskId, contextId } = context;
      const canceled = new AbortController();
      running.set(taskId, canceled);
      bus.publish(AgentEvent.task(Task.fromJSON({ id: taskId, contextId, status: { state: 'TASK_STATE_SUBMITTED' } })));
      await tick(Number(ticks), canceled.signal, (state) =>
        bus.publish(AgentEvent.statusUpdate(TaskStatusUpdateEvent.fromJSON({ taskId, contextId, status: now(state) }))),
      );
      running.delete(taskId);
      bus.finished();
    },
    cancelTask: async (taskId) => running.get(taskId)?.abort(),
  };
}

async function tick(ticks: number, signal: AbortSignal, publish: (state: string) => void): Promise<void> {
  for (let left = ticks; left > 0; left -= 1) {
    await sleep(1000, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) {
      publish('TASK_STATE_CANCELED');
      return;
    }
    publish(left === 1 ? 'TASK_STATE_COMPLETED' : 'TASK_STATE_WORKING');
  }
}

function now(state: string): object {
  return { state, message: Message.toJSON(said(String(Date.now()))) };
}
