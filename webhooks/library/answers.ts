import { quote } from '../../controllers/data/quote.ts';
import { controllers } from '../../controllers/registry.ts';
import { answerBody } from '../answer-body.ts';
import { hookNamed, hookNames } from '../wire/hook-names.ts';
import { readOptions } from './options.ts';
import type { Answer, Options } from './types.ts';

/** Answers a call of the hook with a name such as `kaos-routes/sync`. The answer is as it is after a way as JSON. */
export function answerOf<Response>(name: string, request: unknown, options: Options): Answer<Response> {
  const hook = hookNamed(name, controllers);
  if (hook === undefined) {
    return {
      outcome: 'refused',
      why: `${quote(String(name))} is not a hook; expected one of ${hookNames(controllers).join(', ')}`,
    };
  }
  const reading = readOptions(options, hook.controller);
  if (reading.outcome === 'refused') {
    return reading;
  }
  const answer = answerBody(hook, request, reading);
  return answer.outcome === 'refused'
    ? answer
    : {
        outcome: 'answered',
        response: JSON.parse(JSON.stringify(answer.response)),
        problems: answer.outcome === 'synced' ? answer.reply.problems : [],
      };
}
