import { isPlainObject, type PlainObject } from '../../data/plain-object.ts';
import { quote } from '../../data/quote.ts';
import { type Conflict, type Field, integer, keptText, list, object, text, wholeList } from './field.ts';
import { whyNoName } from './field-rules.ts';
import {
  labelKeys,
  labelSelector,
  nodeSelector,
  nodeSelectorTerm,
  whyNoLabelKey,
  whyNoLabelValue,
} from './selector-fields.ts';
import { notValid, oneOf, oneOfOrEmpty, positive, unlessEmpty, whyEmpty, within } from './value-rules.ts';

const weight = integer(within(1, 100));

const podAffinityTerm = object(
  {
    labelSelector,
    matchLabelKeys: labelKeys,
    mismatchLabelKeys: labelKeys,
    namespaceSelector: labelSelector,
    namespaces: wholeList(keptText(whyNoName)),
    topologyKey: text(whyNoLabelKey),
  },
  { required: ['topologyKey'], conflicts: keyConflicts },
);

const podTerms = object({
  preferredDuringSchedulingIgnoredDuringExecution: wholeList(
    object({ podAffinityTerm, weight }, { required: ['podAffinityTerm', 'weight'] }),
  ),
  requiredDuringSchedulingIgnoredDuringExecution: wholeList(podAffinityTerm),
});

/** core/v1 Affinity. */
export const affinity = object({
  nodeAffinity: object({
    preferredDuringSchedulingIgnoredDuringExecution: wholeList(
      object({ preference: nodeSelectorTerm, weight }, { required: ['preference', 'weight'] }),
    ),
    requiredDuringSchedulingIgnoredDuringExecution: nodeSelector,
  }),
  podAffinity: podTerms,
  podAntiAffinity: podTerms,
});

/** Label keys need a selector, and must not be in it or in both lists. */
function keyConflicts(term: PlainObject): readonly Conflict[] {
  const selector = isPlainObject(term['labelSelector']) ? term['labelSelector'] : undefined;
  const selected = selectedKeys(selector ?? {});
  const mismatched = textsIn(term['mismatchLabelKeys']);
  return ['matchLabelKeys', 'mismatchLabelKeys'].flatMap((name) => {
    const keys = textsIn(term[name]);
    const isMatch = name === 'matchLabelKeys';
    const twice = keys.find((key) => selected.has(key) || (isMatch && mismatched.includes(key)));
    if (keys.length > 0 && selector === undefined) {
      return [{ path: [name], why: 'needs a labelSelector beside it' }];
    }
    return twice === undefined
      ? []
      : [{ path: [name], why: notValid(twice, 'a key that is nowhere else in this term') }];
  });
}

function selectedKeys({ matchLabels, matchExpressions }: PlainObject): ReadonlySet<unknown> {
  const expressions = Array.isArray(matchExpressions) ? matchExpressions.filter(isPlainObject) : [];
  return new Set([
    ...(isPlainObject(matchLabels) ? Object.keys(matchLabels) : []),
    ...expressions.map(({ key }) => key),
  ]);
}

function textsIn(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

const toleration = object(
  {
    effect: text(oneOfOrEmpty('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
    key: text(unlessEmpty(whyNoLabelKey)),
    operator: text(oneOfOrEmpty('Exists', 'Equal')),
    tolerationSeconds: integer(),
    value: text(whyNoLabelValue),
  },
  { whyRefused: whyNoToleration },
);

/** Source: `ValidateTolerations` of the API server. */
function whyNoToleration(toleration: unknown): string | undefined {
  const { effect, key, operator, tolerationSeconds, value } = isPlainObject(toleration) ? toleration : {};
  if (operator === 'Exists' && (value ?? '') !== '') {
    return `has the value ${quote(String(value))} with the operator Exists; expected the operator Equal, or no value`;
  }
  if ((key ?? '') === '' && operator !== 'Exists') {
    return 'has no key; expected a key, or the operator Exists, which then tolerates every taint';
  }
  return tolerationSeconds !== undefined && effect !== 'NoExecute'
    ? 'has tolerationSeconds, which needs the effect NoExecute'
    : undefined;
}

export const tolerations: Field = wholeList(toleration);

const nodePolicy = keptText(oneOf('Honor', 'Ignore'));

// The keys of server-side apply, as for ports: two constraints can have the same topology key, one soft and one hard.
export const topologySpreadConstraints = list(
  ['topologyKey', 'whenUnsatisfiable'],
  object(
    {
      labelSelector,
      matchLabelKeys: labelKeys,
      maxSkew: integer(positive),
      minDomains: integer(positive),
      nodeAffinityPolicy: nodePolicy,
      nodeTaintsPolicy: nodePolicy,
      topologyKey: text(whyEmpty),
      whenUnsatisfiable: text(oneOf('DoNotSchedule', 'ScheduleAnyway')),
    },
    { required: ['maxSkew'], conflicts: spreadConflicts },
  ),
);

function spreadConflicts(constraint: PlainObject): readonly Conflict[] {
  const isSoft = constraint['whenUnsatisfiable'] !== 'DoNotSchedule';
  return [
    ...keyConflicts(constraint),
    ...(isSoft && 'minDomains' in constraint
      ? [{ path: ['minDomains'], why: 'needs whenUnsatisfiable: DoNotSchedule' }]
      : []),
  ];
}
