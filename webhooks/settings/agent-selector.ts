import { isDeepStrictEqual } from 'node:util';
import { quote } from '../../controllers/data/quote.ts';
import { readYamlMap } from '../../controllers/data/yaml.ts';
import { labelSelector } from '../../controllers/kubernetes/pod-spec/selector-fields.ts';
import { merge } from '../../controllers/kubernetes/pod-spec/strategic-merge.ts';
import { LabelSelector } from '../../controllers/label-selector.ts';
import { Value } from '../../controllers/typebox.ts';
import { allowed, Environment } from './environment.ts';

const NAME = 'AGENT_GATEWAY_AGENT_SELECTOR';

/**
 * The selector of the Agents that gateways serve; undefined if it selects all. Throws with a line that names the variable, its value and
 * each fault: a part that was passed over could let a gateway serve what its writer meant to leave out.
 */
export function agentSelector(text: string): LabelSelector | undefined {
  const reading = readYamlMap(text, 'typed');
  if (reading.outcome === 'refused') {
    throw notValid(text, []);
  }
  const { value, repeated } = reading;
  const checked = merge(undefined, value, { path: 'selector', field: labelSelector });
  const faults = [...repeated, ...checked.problems.map(({ field, message }) => `${field}: ${message}`)];
  // A merge takes a null for a removal.
  if (faults.length > 0 || !isDeepStrictEqual(checked.value, value) || !Value.Check(LabelSelector, value)) {
    throw notValid(text, faults);
  }
  const { matchLabels = {}, matchExpressions = [] } = value;
  return Object.keys(matchLabels).length + matchExpressions.length === 0 ? undefined : value;
}

function notValid(text: string, faults: readonly string[]): Error {
  const why = faults.length === 0 ? '' : ` (${faults.join('; ')})`;
  return new Error(`${NAME}: ${quote(text)} is not valid${why}; expected ${allowed(Environment.properties[NAME])}`);
}
