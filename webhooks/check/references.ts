import { nearestName } from '../../controllers/data/nearest-name.ts';
import { controllers } from '../../controllers/registry.ts';
import { Type, Value } from '../../controllers/typebox.ts';
import type { Cluster } from '../render/cluster.ts';
import { type ClusterObject, nameOf } from '../render/cluster-object.ts';
import { type Documents, evaluate, type Input } from '../render/evaluate.ts';
import type { Rendered } from '../render/hook-calls.ts';
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
  if (ofRuntime.some((controller) => input.controllers.includes(controller))) {
    return [];
  }
  const { answers, cluster } = evaluate({ ...input, controllers: ofRuntime }, documents);
  return answers.flatMap(({ parents }) => parents.flatMap((answer) => remarksOf(answer, cluster)));
}

function remarksOf({ parent, status }: Rendered['parents'][number], cluster: Cluster): readonly OwnRemark[] {
  const conditions = Value.Check(Status, status) ? status.conditions : [];
  const about = { level: 'error', about: parent.origin, of: parent.object } as const;
  const text = (message: string) => `${nameOf(parent.object)}: ${message}`;
  return conditions.flatMap(({ reason, message }): readonly OwnRemark[] => {
    switch (reason) {
      case 'ModelNotSupported':
        return [{ rule: reason, remark: { ...about, text: text(`spec.model: ${message}`), field: 'spec.model' } }];
      case 'RefNotFound':
        return message.split('; ').map((missing) => ({
          rule: reason,
          value: nameIn(missing),
          remark: { ...about, text: text(hinted(missing, parent.object, cluster)) },
        }));
      default:
        return [];
    }
  });
}

/** `ModelAPI lm not found`: the name in such a message. */
function nameIn(missing: string): string {
  return /(\S+) not found/.exec(missing)?.[1] ?? '';
}

/** The message with what to do: documents of the namespace may have a similar name. */
function hinted(missing: string, { metadata }: ClusterObject, { manifests }: Cluster): string {
  const own = manifests.filter(({ object }) => object.metadata.namespace === metadata.namespace);
  const names = own.filter(({ object }) => missing.includes(object.kind)).map(({ object }) => object.metadata.name);
  const near = nearestName(
    nameIn(missing),
    names.filter((name) => name !== metadata.name),
  );
  return `${missing}; ${near === undefined ? 'add it to the documents, or name another one' : `did you mean "${near}"?`}`;
}
