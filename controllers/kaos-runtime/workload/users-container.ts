import { isPlainObject, objectsIn, type PlainObject } from '../../data/plain-object.ts';
import type { ContainerOverride } from '../../resources/kaos/spec-fields.ts';

/** What a user wrote about the main container, in `spec.container` and in `spec.podSpec`. Nothing of it is checked. */
export interface UsersContainer {
  /** The variables of both places. Of two with the same name, the later one wins in the pod. */
  readonly env: readonly PlainObject[];
  readonly envFrom: readonly PlainObject[];
  readonly command: unknown;
  readonly args: unknown;
  /** The container in `spec.podSpec.containers`, and the whole podSpec. Empty if there is none. */
  readonly inPodSpec: PlainObject;
  readonly podSpec: PlainObject;
}

interface UsersSpec {
  readonly container?: ContainerOverride;
  readonly podSpec?: unknown;
}

/** Reads the user's own container of this name. */
export function usersContainer({ container = {}, podSpec }: UsersSpec, name: string): UsersContainer {
  const pod = isPlainObject(podSpec) ? podSpec : {};
  const own = objectsIn(pod['containers']).find((item) => item['name'] === name) ?? {};
  return {
    env: [...objectsIn(container.env), ...objectsIn(own['env'])],
    envFrom: objectsIn(own['envFrom']),
    command: own['command'] ?? container.command,
    args: own['args'] ?? container.args,
    inPodSpec: own,
    podSpec: pod,
  };
}
