import { setTimeout as sleep } from 'node:timers/promises';
import { type Question, type Said, told } from './provider.ts';

/**
 * A model that does what the user says: `call TOOL ARGUMENTS` calls a tool, and `wait SECONDS` waits. It answers with what the
 * tool returned; to any other message, with its own name, its instructions and the question.
 */
export async function obey(question: Question): Promise<Said> {
  const last = question.messages.at(-1);
  const [verb = '', first = '', ...rest] = (last?.content ?? '').split(' ');
  if (last?.role === 'tool') {
    return { content: last.content };
  }
  if (verb === 'call') {
    const call = { name: first, arguments: rest.join(' ') };
    return { content: null, tool_calls: [{ id: `call-${crypto.randomUUID()}`, type: 'function', function: call }] };
  }
  await sleep(verb === 'wait' ? Number(first) * 1000 : 0);
  return { content: told(question) };
}
