import { secondsOf } from '../../../controllers/kubernetes/values/time.ts';
import { textAt, textsAt } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { wrong } from '../finding.ts';
import { itemsOf } from '../gather.ts';
import { groupedFindings } from '../grouped.ts';
import type { Installation } from '../installation.ts';
import { type Item, nameText } from '../item.ts';
import { KAOS_LOOKS, type LookName, lookAt } from '../kinds.ts';
import { kubectl } from '../mend.ts';

const LOOKED_AT: readonly LookName[] = [
  ...KAOS_LOOKS,
  'accessGrants',
  'agentGateways',
  'runtimeAgents',
  'routes',
  'gateways',
];
/** A deletion that takes longer than this does not end by itself. */
const LONG_SECONDS = 300;

/** No deletion waits for a finalizer that nobody removes. */
export function deletionFindings({ cluster }: Installation): readonly Finding[] {
  const now = secondsOf(cluster.now) ?? 0;
  const operators = itemsOf(cluster.looks.kaosOperators);
  const found = LOOKED_AT.flatMap((look) =>
    itemsOf(cluster.looks[look]).flatMap((item) => {
      const since = secondsOf(textAt(item.object, 'metadata', 'deletionTimestamp'));
      const isStuck = since !== undefined && now - since > LONG_SECONDS;
      return isStuck
        ? [stuck(item, { resource: lookAt(look).resource, minutes: Math.round((now - since) / 60), operators })]
        : [];
    }),
  );
  return groupedFindings(found);
}

interface Waiting {
  readonly resource: string;
  readonly minutes: number;
  readonly operators: readonly Item[];
}

function stuck(item: Item, { resource, minutes, operators }: Waiting): Finding {
  const finalizers = textsAt(item.object, 'metadata', 'finalizers');
  const ofKaos = finalizers.findIndex((name) => name.startsWith('kaos.tools/'));
  const path = `/metadata/finalizers/${ofKaos}`;
  const patch = [
    { op: 'test', path, value: finalizers[ofKaos] },
    { op: 'remove', path },
  ];
  const inNamespace = ['--namespace', item.namespace] as const;
  const told = {
    object: nameText(item),
    seen: `it has been deleted for ${minutes} min, and waits for ${finalizers.join(', ') || 'its children'}`,
    page: 'docs/migration.md#the-finalizers-of-kaos',
  };
  return ofKaos >= 0
    ? wrong({
        ...told,
        expected: 'a finalizer that somebody removes: only the KAOS operator removes this one',
        mend: [
          kubectl('patch', resource, item.name, ...inNamespace, '--type=json', `--patch=${JSON.stringify(patch)}`),
        ],
        advice:
          operators.length === 0
            ? 'The KAOS operator is not in the cluster.'
            : 'If the KAOS operator is to come back, start it instead, and it removes the finalizer.',
      })
    : wrong({
        ...told,
        expected: 'a deletion that ends',
        mend: [kubectl('get', resource, item.name, ...inNamespace, '--output=yaml')],
        advice: 'Whoever added the finalizer must remove it. No controller of this service adds one.',
      });
}
