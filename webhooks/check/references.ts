import { nearestName } from '../../controllers/data/nearest-name.ts';
import { controllers } from '../../controllers/registry.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import type { Cluster } from '../evaluate/cluster.ts';
import { type ClusterObject, nameOf } from '../evaluate/cluster-object.ts';
import { type Documents, type Evaluation, evaluate, type Input } from '../evaluate/evaluate.ts';
import type { Rendered } from '../evaluate/hook-calls.ts';
import { error } from '../evaluate/remark.ts';
import type { OwnRemark } from './clashes.ts';

const Status = Type.Object({
  conditions: Type.Array(Type.Object({ reason: Type.String(), message: Type.String() })),
});

/**
 * An error for each reference of a KAOS resource that leads nowhere. The KAOS runtime says so in the status, which holds whoever runs the
 * resources. If it is on, it reports this itself.
 */
export function brokenReferences(input: Input, documents: Documents): readonly OwnRemark[] {
  const ofRuntime = controllers.filter(({ type }) => type === 'composite');
  return ofRuntime.some((controller) => input.controllers.includes(controller))
    ? []
    : referenceRemarks(evaluate({ ...input, controllers: ofRuntime }, documents));
}

/** The same from answers of the KAOS runtime. */
export function referenceRemarks({ answers, cluster }: Pick<Evaluation, 'answers' | 'cluster'>): readonly OwnRemark[] {
  return answers.flatMap(({ parents }) => parents.flatMap((answer) => remarksOf(answer, cluster)));
}

function remarksOf({ parent, status }: Rendered['parents'][number], cluster: Cluster): readonly OwnRemark[] {
  const conditions = Value.Check(Status, status) ? status.conditions : [];
  const remark = (message: string) => ({
    ...error(parent.origin, `${nameOf(parent.object)}: ${message}`, parent.object),
  });
  return conditions.flatMap(({ reason, message }): readonly OwnRemark[] => {
    switch (reason) {
      case 'ModelNotSupported':
        return [{ rule: reason, remark: { ...remark(`spec.model: ${message}`), field: 'spec.model' } }];
      case 'RefNotFound':
        return message.split('; ').map((missing) => {
          const { value, near } = lookedUp(missing, parent.object, cluster);
          const hint = near === undefined ? '' : `; did you mean "${near}"?`;
          return {
            rule: reason,
            value,
            remark: remark(`${missing}${hint}`),
            ...(near !== undefined && { severity: 'error' }),
          };
        });
      default:
        return [];
    }
  });
}

/** The name in such a message as `ModelAPI lm not found`, and a similar one in the namespace, which was probably meant. */
function lookedUp(missing: string, { metadata }: ClusterObject, { manifests }: Cluster) {
  const [, value = '', found] = /(\S+) (not found|is not exposed)/.exec(missing) ?? [];
  const own = manifests.filter(({ object }) => object.metadata.namespace === metadata.namespace);
  const names = own.filter(({ object }) => missing.includes(object.kind)).map(({ object }) => object.metadata.name);
  const others = names.filter((name) => name !== metadata.name);
  return { value, near: found === 'not found' ? nearestName(value, others) : undefined };
}
