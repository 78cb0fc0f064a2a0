import { fieldAt, mapAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, wrong } from '../finding.ts';
import type { Installation, Installed } from '../installation.ts';
import { type Item, nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';
import type { Command } from '../shell.ts';

const PAGE = 'docs/troubleshooting.md#httproute-not-created';

/** The Service that the hooks' URLs name leads to the pods. */
export function serviceFindings(installation: Installation): readonly Finding[] {
  const { release } = installation;
  return release === undefined ? [] : findings({ ...installation, release });
}

function findings({ release }: Installed): readonly Finding[] {
  const { service, namespace, fullName } = release;
  const object = nameText({ kind: 'Service', namespace, name: fullName });
  if (service !== undefined) {
    return firstOf([wrongSelector(release, service, object), wrongPort(release, service, object)]);
  }
  return [
    missing({
      object,
      seen: 'it does not exist, and other objects of its release do',
      expected: 'the Service that the URLs of the hooks name: Metacontroller reaches no pod without it',
      mend: [helmUpgrade(release)],
      page: PAGE,
    }),
  ];
}

/** A Service that leads to no pod has no port that could be wrong. */
function firstOf(found: readonly (Finding | undefined)[]): readonly Finding[] {
  return found.filter((finding) => finding !== undefined).slice(0, 1);
}

type Release = Installed['release'];

function wrongSelector(release: Release, service: Item, object: string): Finding | undefined {
  const { deployment } = release;
  const selector = mapAt(service.object, 'spec', 'selector');
  const labels = mapAt(deployment?.object, 'spec', 'template', 'metadata', 'labels');
  const unmet = Object.entries(selector).filter(([name, value]) => fieldAt(labels, name) !== value);
  const seen = unmet.map(([name, value]) => `${name}=${value}`).join(',');
  return deployment !== undefined && (unmet.length > 0 || Object.keys(selector).length === 0)
    ? wrong({
        object,
        seen: `spec.selector has ${seen || 'nothing'}, and the pods of the Deployment do not`,
        expected: 'labels of the pods: the Service leads to no pod',
        mend: rewritten(release),
        page: PAGE,
      })
    : undefined;
}

function wrongPort(release: Release, service: Item, object: string): Finding | undefined {
  const port = release.settings['TLS_CERT_FILE'] === undefined ? 80 : 443;
  const ports = mapsAt(service.object, 'spec', 'ports');
  const isRight = ports.some(
    (each) => fieldAt(each, 'port') === port && leadsTo(release.deployment?.object, fieldAt(each, 'targetPort')),
  );
  return isRight
    ? undefined
    : wrong({
        object,
        seen: `spec.ports has ${ports.map(portText).join(', ') || 'nothing'}`,
        expected: `port ${port} with targetPort hooks, as the URLs of the hooks have it`,
        mend: rewritten(release),
        page: PAGE,
      });
}

/** Helm does not write back what somebody else changed in a Service. */
function rewritten(release: Release): readonly Command[] {
  const { namespace, fullName } = release;
  return [kubectl('delete', 'service', fullName, '--namespace', namespace), helmUpgrade(release)];
}

function portText(port: unknown): string {
  return `${textAt(port, 'name')} at port ${fieldAt(port, 'port')}`;
}

/** Whether it is the port of the hooks, by its name or its number. */
function leadsTo(deployment: unknown, target: unknown): boolean {
  const [container] = mapsAt(deployment, 'spec', 'template', 'spec', 'containers');
  const own = mapsAt(container, 'ports').find((each) => textAt(each, 'name') === 'hooks');
  return target === 'hooks' || (own !== undefined && target === fieldAt(own, 'containerPort'));
}
