import { textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, warning, wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import { type HookController, hookControllersIn } from '../hook-controllers.ts';
import type { Installation, Installed } from '../installation.ts';
import { labelOf, nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';
import { releasesIn } from '../release.ts';
import type { Command } from '../shell.ts';

const PAGE = 'docs/install.md#more-features-in-an-existing-release';

/** The controllers that the values turn on are there, and their hooks lead to the pods of this release. */
export function controllerFindings(installation: Installation): readonly Finding[] {
  const { release } = installation;
  const leftovers = leftoverFindings(installation);
  if (release === undefined) {
    return leftovers;
  }
  const installed = { ...installation, release };
  return [
    ...absent(installed),
    ...installed.controllers.flatMap((controller) => hookFindings(installed, controller)),
    ...withoutMemoryStores(installed),
    ...leftovers,
  ];
}

function absent({ expected, controllers, release }: Installed): readonly Finding[] {
  const names = controllers.map(({ item }) => item.name);
  return expected
    .filter((name) => !names.includes(name))
    .map((name) =>
      missing({
        object: `${name.startsWith('kaos-runtime-') ? 'CompositeController' : 'DecoratorController'} ${name}`,
        seen: 'it does not exist, and the settings of the release turn it on',
        expected: 'the object by which Metacontroller knows which hook to call',
        mend: [helmUpgrade(release)],
        page: PAGE,
      }),
    );
}

interface Hook {
  readonly name: string;
  readonly url: string;
}

function hookFindings(installed: Installed, { item, hooks, known: ours }: HookController): readonly Finding[] {
  const object = nameText(item);
  const mend = rewritten(installed, item.kind, item.name);
  const needed = ours === undefined ? [] : ['sync'];
  const lost = needed.filter((name) => hooks[name] === undefined);
  const found = Object.entries(hooks).map(([name, hook]) => ({ name, url: textAt(hook, 'webhook', 'url') }));
  const [finding] = found.flatMap((hook) => urlFindings(installed, object, hook));
  const older = Object.entries(hooks).filter(([, hook]) => textAt(hook, 'version') !== 'v2');
  return [
    ...lost.map((name) =>
      missing({ object, seen: `it has no hook ${name}`, expected: `spec.hooks.${name}`, mend, page: PAGE }),
    ),
    ...(finding === undefined ? [] : [{ ...finding, mend }]),
    ...older.map(([name, hook]) =>
      wrong({
        object,
        seen: `spec.hooks.${name}.version is ${textAt(hook, 'version') || 'not set, so v1'}`,
        expected: 'v2: this service refuses calls of another form',
        mend,
        page: PAGE,
      }),
    ),
  ];
}

/** Helm makes an object again that is gone. What somebody has changed in it, it would not take back. The children stay with their owners. */
function rewritten({ release }: Installed, kind: string, name: string): readonly Command[] {
  return [kubectl('delete', `${kind.toLowerCase()}s.metacontroller.k8s.io`, name), helmUpgrade(release)];
}

function urlFindings({ release }: Installed, object: string, { name, url }: Hook): readonly Finding[] {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const hasTls = release.settings['TLS_CERT_FILE'] !== undefined;
  const protocol = hasTls ? 'https' : 'http';
  const base = `${protocol}://${release.fullName}.${release.namespace}.svc`;
  const told = { object, mend: [], page: 'docs/troubleshooting.md#httproute-not-created' };
  if (parsed === undefined || parsed.origin !== base) {
    return [
      wrong({
        ...told,
        seen: `spec.hooks.${name}.webhook.url is ${url || 'not set'}`,
        expected: `${base}/…: the Service of this release`,
      }),
    ];
  }
  const build = parsed.searchParams.get('build') ?? '';
  return release.build === '' || build === release.build
    ? []
    : [
        wrong({
          ...told,
          seen: `spec.hooks.${name}.webhook.url has build=${build || '(none)'}`,
          expected: `build=${release.build}, that of the Deployment: both come from the same upgrade`,
          page: 'docs/runbook.md#agentgatewayhooksstalebuild',
        }),
      ];
}

/** After KAOS 0.8 is installed, the release must be upgraded. */
function withoutMemoryStores({ cluster, controllers, release }: Installed): readonly Finding[] {
  const hasKind = itemsOf(cluster.looks.crds).some(({ name }) => name === 'memorystores.kaos.tools');
  const ofKaos = controllers.find(({ item }) => item.name === 'kaos-routes');
  const isNamed = ofKaos?.parents.some(({ resource }) => resource === 'memorystores') ?? true;
  return isNamed || !hasKind
    ? []
    : [
        warning({
          object: 'DecoratorController kaos-routes',
          seen: 'spec.resources has no memorystores, and the cluster has the kind',
          expected: 'all kinds of KAOS that the cluster has: MemoryStores get no routes',
          mend: [helmUpgrade(release)],
          page: 'docs/install.md#the-kinds',
        }),
      ];
}

/** Controllers of the chart whose release is gone, or has another name. Metacontroller goes on calling them. */
function leftoverFindings({ cluster }: Installation): readonly Finding[] {
  const releases = new Set(releasesIn(cluster).map(({ name }) => name));
  return hookControllersIn(cluster)
    .filter(({ item }) => !releases.has(labelOf(item, 'app.kubernetes.io/instance')))
    .map(({ item }) =>
      wrong({
        object: nameText(item),
        seen: `it is of the release ${labelOf(item, 'app.kubernetes.io/instance') || '(none)'}, which has no Deployment, Service or ConfigMap`,
        expected:
          'a controller of a release that is there: its hooks lead nowhere, and Metacontroller goes on calling them',
        mend: [kubectl('delete', `${item.kind.toLowerCase()}s.metacontroller.k8s.io`, item.name)],
        advice: 'Its children stay with their owners, and keep serving.',
        page: 'docs/uninstall.md',
      }),
    );
}
