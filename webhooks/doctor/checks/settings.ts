import { readSettings } from '../../settings/settings.ts';
import type { Finding } from '../finding.ts';
import { missing, wrong } from '../finding.ts';
import type { Installation } from '../installation.ts';
import { nameText } from '../item.ts';
import { helmUpgrade, kubectl } from '../mend.ts';
import { plainVariables, type Release } from '../release.ts';

const PAGE = 'docs/troubleshooting.md#pods-of-the-hooks-do-not-start';

/** The ConfigMap with the settings is there, and the service would accept them. */
export function settingFindings({ release }: Installation): readonly Finding[] {
  if (release === undefined) {
    return [];
  }
  const { configMap, namespace, fullName } = release;
  const object = nameText({ kind: 'ConfigMap', namespace, name: fullName });
  const page = PAGE;
  if (configMap === undefined) {
    return [
      missing({
        object,
        seen: 'it does not exist, and other objects of its release do',
        expected: 'the settings of the pods, which do not start without it',
        mend: [helmUpgrade(release)],
        page,
      }),
    ];
  }
  const why = whyRefused(release);
  return why === undefined
    ? rulesFindings(release)
    : [
        wrong({
          object,
          seen: why,
          expected: 'settings that the service accepts: a pod that starts with these ends at once',
          mend: [
            kubectl('delete', 'configmap', fullName, '--namespace', namespace),
            helmUpgrade(release),
            kubectl('rollout', 'restart', `deployment/${fullName}`, '--namespace', namespace),
          ],
          advice:
            'Somebody changed it past helm, because the chart checks its values. These commands write it again from the values of the release.',
          page,
        }),
      ];
}

function whyRefused(release: Release): string | undefined {
  const { accessRules } = release;
  if (accessRules.outcome === 'bad') {
    return undefined;
  }
  const reading = readSettings(plainVariables(release), accessRules.value);
  return reading.outcome === 'bad' ? reading.line : undefined;
}

/** Rules that cannot be read are not in force after the next start, because no pod starts with them. */
function rulesFindings(release: Release): readonly Finding[] {
  const { accessRules, namespace, fullName } = release;
  const name = `${fullName}-access-rules`;
  return accessRules.outcome === 'read'
    ? []
    : [
        wrong({
          object: nameText({ kind: 'ConfigMap', namespace, name }),
          seen: accessRules.why,
          expected: 'access rules that the service accepts: a pod that starts without them ends at once',
          mend: [
            kubectl('delete', 'configmap', name, '--namespace', namespace, '--ignore-not-found'),
            helmUpgrade(release),
          ],
          advice:
            'Somebody changed it past helm, because the chart writes it. These commands write it again from the values of the release.',
          page: PAGE,
        }),
      ];
}
