import { isPlainObject } from '../../data/plain-object.ts';
import { Type, Value } from '../../typebox.ts';
import type { ObservedAgent } from './observed.ts';

const Variable = Type.Object({ name: Type.String(), value: Type.Optional(Type.String()) });
const Container = Type.Object({ name: Type.String(), env: Type.Optional(Type.Array(Variable)) });
const WithEnvironment = Type.Object({
  spec: Type.Object({ template: Type.Object({ spec: Type.Object({ containers: Type.Array(Container) }) }) }),
});

/** The variables of the agent in the present Deployment, without those that its user sets; empty if there is none. */
export function presentVariables({ deployment, spec }: ObservedAgent): ReadonlyMap<string, string> {
  if (!Value.Check(WithEnvironment, deployment)) {
    return new Map();
  }
  // A user's own value says nothing about what was chosen here.
  const own = new Set((spec.container?.env ?? []).map((variable) => isPlainObject(variable) && variable['name']));
  const agent = deployment.spec.template.spec.containers.find(({ name }) => name === 'agent');
  const variables = (agent?.env ?? []).filter(({ name }) => !own.has(name));
  return new Map(variables.map(({ name, value = '' }) => [name, value]));
}
