import { fieldAt, mapAt, mapsAt, textAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { missing, wrong } from '../finding.ts';
import type { Installation, Installed } from '../installation.ts';
import { nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';

const PAGE = 'docs/troubleshooting.md#httproute-not-created';

/** The Service that the hooks' URLs name leads to the pods. */
export function serviceFindings(installation: Installation): readonly Finding[] {
  const { release } = installation;
  return release === undefined ? [] : findings({ ...installation, release });
}

function findings({ release }: Installed): readonly Finding[] {
  const { service, deployment, namespace, fullName } = release;
  const object = nameText({ kind: 'Service', namespace, name: fullName });
  if (service === undefined) {
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
  const selector = mapAt(service.object, 'spec', 'selector');
  const labels = mapAt(deployment?.object, 'spec', 'template', 'metadata', 'labels');
  const unmet = Object.entries(selector).filter(([name, value]) => fieldAt(labels, name) !== value);
  const rewritten = [kubectl('delete', 'service', fullName, '--namespace', namespace), helmUpgrade(release)];
  if (deployment !== undefined && (unmet.length > 0 || Object.keys(selector).length === 0)) {
    const seen = unmet.map(([name, value]) => `${name}=${value}`).join(',');
    return [
      wrong({
        object,
        seen: `spec.selector has ${seen || 'nothing'}, and the pods of the Deployment do not`,
        expected: 'labels of the pods: the Service leads to no pod',
        mend: rewritten,
        page: PAGE,
      }),
    ];
  }
  const port = release.settings['TLS_CERT_FILE'] === undefined ? 80 : 443;
  const ports = mapsAt(service.object, 'spec', 'ports');
  return ports.some(
    (each) => fieldAt(each, 'port') === port && leadsTo(deployment?.object, fieldAt(each, 'targetPort')),
  )
    ? []
    : [
        wrong({
          object,
          seen: `spec.ports has ${ports.map(portText).join(', ') || 'nothing'}`,
          expected: `port ${port} with targetPort hooks, as the URLs of the hooks have it`,
          mend: rewritten,
          page: PAGE,
        }),
      ];
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
