import { controllers } from '../../controllers/registry.ts';
import type { Resource } from './hook-controllers.ts';
import type { Installation } from './installation.ts';

const METACONTROLLER = 'metacontroller.k8s.io';
const GATEWAY_API = 'gateway.networking.k8s.io';

/** The kinds from CRDs without which something of the installation does not start. Each is there once, in a fixed order. */
export function neededKinds(installation: Installation): readonly Resource[] {
  const all = [...ofEngine(), ...ofGateway(installation), ...ofControllers(installation)].filter(hasCrd);
  return [...new Map(all.map((each) => [`${each.resource}.${each.group}`, each])).values()];
}

function ofEngine(): readonly Resource[] {
  return ['decoratorcontrollers', 'compositecontrollers', 'controllerrevisions'].map((resource) => ({
    group: METACONTROLLER,
    version: 'v1alpha1',
    resource,
  }));
}

function ofGateway({ release }: Installation): readonly Resource[] {
  const resources =
    release?.settings['GATEWAY_API_ENABLED'] === 'true' ? ['gatewayclasses', 'gateways', 'httproutes'] : [];
  return resources.map((resource) => ({ group: GATEWAY_API, version: 'v1', resource }));
}

/** Metacontroller starts a controller only when all kinds of its parents and children exist. */
function ofControllers({ controllers: installed, expected }: Installation): readonly Resource[] {
  const ofInstalled = installed.flatMap(({ parents, children }) => [...parents, ...children]);
  const names = new Set(installed.map(({ item }) => item.name));
  const ofMissing = controllers
    .filter(({ name }) => expected.some((each) => !names.has(each) && (each === name || each.startsWith(`${name}-`))))
    .flatMap(({ parents }) => parents)
    // KAOS 0.1.4 has no MemoryStore, and then the chart leaves it out.
    .filter(({ resource }) => resource !== 'memorystores')
    .map(({ apiVersion, resource }) => {
      const [group = '', version = ''] = apiVersion.split('/');
      return { group, version, resource };
    });
  return [...ofInstalled, ...ofMissing];
}

/** Kubernetes itself has the other groups: `apps`, `policy`, `networking.k8s.io`. */
function hasCrd({ group }: Resource): boolean {
  return group.includes('.') && group !== 'networking.k8s.io';
}
