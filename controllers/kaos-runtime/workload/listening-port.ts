import { isPlainObject, objectsIn, type PlainObject } from '../../data/plain-object.ts';
import type { Naming } from '../../resources/kaos/naming.ts';
import type { ContainerOverride } from '../../resources/kaos/spec-fields.ts';
import type { SpecComplaint } from '../complaint.ts';
import { usersContainer } from './users-container.ts';

/** The name of the container's port to which the Service leads. */
const PORT_NAME = 'http';
const LARGEST_PORT = 65_535;

interface Owner {
  readonly naming: Naming;
  readonly spec: { readonly container?: ContainerOverride; readonly podSpec?: unknown };
}

/** Where the main container listens. The Service keeps its own port, which callers know, and leads there. */
interface ListeningPort {
  readonly port: number;
  /** Tells of another port in the podSpec, to which no call would come. */
  readonly complaints: readonly SpecComplaint[];
}

/** The port that the user's podSpec names `http`, else the port of the Service. */
export function listeningPort({ naming, spec }: Owner, container: string): ListeningPort {
  const { inPodSpec } = usersContainer(spec, container);
  const ports = objectsIn(inPodSpec['ports']).filter(({ protocol = 'TCP' }) => protocol === 'TCP');
  const named = ports.find(({ name, containerPort }) => name === PORT_NAME && isPort(containerPort))?.['containerPort'];
  const port = isPort(named) ? named : naming.servicePort;
  const isListed = ports.some(({ containerPort }) => containerPort === port);
  const other = isListed ? undefined : (probedPort(inPodSpec, port) ?? unnamedPort(ports));
  return {
    port,
    complaints:
      other === undefined ? [] : [mismatch(`spec.podSpec.containers[${container}].${other.field}`, other.port, port)],
  };
}

interface OtherPort {
  readonly field: string;
  readonly port: number;
}

/** The port of the user's own readiness probe, if it is another one. */
function probedPort({ readinessProbe }: PlainObject, port: number): OtherPort | undefined {
  const probe = isPlainObject(readinessProbe) ? readinessProbe : {};
  return ['httpGet', 'tcpSocket', 'grpc'].flatMap((handler) => {
    const { port: probed } = isPlainObject(probe[handler]) ? probe[handler] : {};
    return isPort(probed) && probed !== port ? [{ field: `readinessProbe.${handler}.port`, port: probed }] : [];
  })[0];
}

/** A port without a name. One with another name than http is an additional one, such as that of metrics. */
function unnamedPort(ports: readonly PlainObject[]): OtherPort | undefined {
  const port = ports.find(({ name }) => !name)?.['containerPort'];
  return isPort(port) ? { field: 'ports', port } : undefined;
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) <= LARGEST_PORT;
}

function mismatch(field: string, other: number, port: number): SpecComplaint {
  return {
    reason: 'PortMismatch',
    message: `${field}: calls go to port ${port} of the container, not to ${other}; if it listens at ${other}, name that port http: {name: http, containerPort: ${other}}; if it listens at ${port}, add {containerPort: ${port}} to ports`,
  };
}
