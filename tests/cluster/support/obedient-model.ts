import { setTimeout as sleep } from 'node:timers/promises';
import { type Question, type Said, told } from './provider.ts';

/**
 * A model that does what the user says: `call TOOL ARGUMENTS` calls a tool, and `wait SECONDS` waits. It answers with what the
 * tool returned; to any other message, with its own name, its instructions and the question. Asked by KAOS's memory service
 * what to remember, it answers with the users' sentences.
 */
export async function obey(question: Question): Promise<Said> {
  const last = question.messages.at(-1);
  if (question.response_format !== undefined) {
    return { content: JSON.stringify({ memory: sentencesIn(last?.content ?? '').map((text) => ({ text })) }) };
  }
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

/** The users' messages that end with a full stop, among the new ones in a question of the memory service. */
function sentencesIn(question: string): string[] {
  const [, news = ''] = question.split('## New Messages');
  return [...news.matchAll(/^user: (.*\.)$/gm)].map(([, sentence = '']) => sentence);
}
