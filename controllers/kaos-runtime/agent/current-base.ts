import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { ObservedAgent } from './observed.ts';

const Variable = Type.Object({ name: Type.String(), value: Type.Optional(Type.String()) });
const Container = Type.Object({ name: Type.String(), env: Type.Optional(Type.Array(Variable)) });
const WithEnvironment = Type.Object({
  spec: Type.Object({ template: Type.Object({ spec: Type.Object({ containers: Type.Array(Container) }) }) }),
});

/** The base URL of the Gateway that the present Deployment calls; undefined if it calls Services, or does not exist. */
export function currentBase({ deployment, namespace }: ObservedAgent): string | undefined {
  if (!Value.Check(WithEnvironment, deployment)) {
    return undefined;
  }
  const agent = deployment.spec.template.spec.containers.find(({ name }) => name === 'agent');
  const model = agent?.env?.find(({ name }) => name === 'MODEL_API_URL')?.value ?? '';
  const [base = '', ...path] = model.split(`/${namespace}/modelapi/`);
  return path.length === 1 && /^https?:\/\/[^/]+$/.test(base) ? base : undefined;
}
