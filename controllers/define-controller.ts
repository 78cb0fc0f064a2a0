import type { Controller, Refuse, RelatedRule, Reply, Snapshot } from './contract.ts';
import type { Endpoint } from './endpoint.ts';
import type { Misfit } from './misfit.ts';
import { mapKey, type Reading } from './reading.ts';
import type { Reference } from './reference.ts';
import type { Settings } from './settings.ts';
import { Type, Value } from './typebox.ts';

/** A controller with its own types: `observe` reads a call, `desire` decides, and `reply` gives the result, and `rows`, `endpoints` and `references` describe it. */
interface ControllerDefinition<Parent, Observed, Desired>
  extends Pick<
    Controller,
    'name' | 'type' | 'children' | 'related' | 'columns' | 'onDemand' | 'whyPassedOver' | 'whyUnserved'
  > {
  readonly parents: readonly Reading<Parent>[];
  readonly customize?: (parent: Parent, settings: Settings) => readonly RelatedRule[];
  readonly observe: (snapshot: Snapshot<Parent>, settings: Settings) => Observed;
  readonly desire: (observed: Observed, settings: Settings) => Desired;
  readonly reply: (desired: Desired) => Reply;
  readonly rows: (observed: Observed, desired: Desired) => readonly (readonly string[])[];
  /** Missing if it makes no ways to call a resource from outside. */
  readonly endpoints?: (observed: Observed, desired: Desired) => readonly Endpoint[];
  /** Missing if its parents name nothing that they call. */
  readonly references?: (observed: Observed) => readonly Reference[];
}

const TypeMeta = Type.Object({ apiVersion: Type.String(), kind: Type.String() });

/** Makes a controller whose hooks check the parent first, and refuse a parent that does not match its schema. */
export function defineController<Parent, Observed, Desired>(
  definition: ControllerDefinition<Parent, Observed, Desired>,
): Controller {
  const { name, type, parents, children, related, columns, onDemand, whyPassedOver, whyUnserved } = definition;
  const { customize, observe, desire, reply, rows, endpoints, references } = definition;

  function withParent<Answer>(value: unknown, answer: (parent: Parent) => Answer): Answer | Refuse {
    for (const reading of parents) {
      if (reading.fits(value)) {
        return answer(value);
      }
    }
    return { outcome: 'refuse', misfit: whyNotParent(parents, value) };
  }

  return {
    ...{ name, type, parents, children, related, columns },
    ...(onDemand && { onDemand }),
    ...(whyPassedOver && { whyPassedOver }),
    ...(whyUnserved && { whyUnserved }),
    sync: (snapshot, settings) =>
      withParent(snapshot.parent, (parent) => reply(desire(observe({ ...snapshot, parent }, settings), settings))),
    customize:
      customize &&
      ((value, settings) =>
        withParent(value, (parent) => ({ outcome: 'related', rules: customize(parent, settings) }))),
    describe: (snapshot, settings) =>
      withParent(snapshot.parent, (parent) => {
        const observed = observe({ ...snapshot, parent }, settings);
        const desired = desire(observed, settings);
        return {
          outcome: 'described',
          rows: rows(observed, desired),
          endpoints: endpoints?.(observed, desired) ?? [],
          references: references?.(observed) ?? [],
        };
      }),
  };
}

/** What is wrong with the parent: its kind, its version, or the first field that does not match the schema of its kind. */
function whyNotParent(parents: readonly Reading[], value: unknown): Misfit {
  if (!Value.Check(TypeMeta, value)) {
    return { field: 'kind', expected: 'expected an object with apiVersion and kind' };
  }
  const own = parents.find(({ kind }) => kind === value.kind);
  if (own === undefined) {
    return { field: 'kind', expected: `expected one of ${parents.map(mapKey).join(', ')}` };
  }
  const isOwnVersion = own.apiVersion === value.apiVersion;
  const misfit = isOwnVersion ? own.misfit(value) : undefined;
  return misfit ?? { field: 'apiVersion', expected: `expected ${own.apiVersion}` };
}
