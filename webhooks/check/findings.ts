import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { oneLine } from '../../controllers/data/quote.ts';
import { type ClusterObject, nameOf } from '../evaluate/cluster-object.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import type { Manifest } from '../evaluate/manifests.ts';
import { type Place, placeFinder, type Wanted } from '../evaluate/places.ts';
import type { Named, Remark } from '../evaluate/remark.ts';
import type { OwnRemark } from './clashes.ts';
import type { Finding } from './finding.ts';
import { type Rule, SEVERITIES } from './rules.ts';

/** The findings of all remarks, each once, in the order of the files. Those without a place come first. */
export function findingsOf({ texts, cluster, remarks }: Evaluation, own: readonly OwnRemark[]): readonly Finding[] {
  const find = placeFinder(texts);
  const byName = Map.groupBy(cluster.manifests, ({ object }) => nameOf(object));
  const all: readonly OwnRemark[] = [...remarks.map((remark) => ({ rule: ruleOf(remark), remark })), ...own];
  const findings = all.map(({ rule, remark, value, severity = SEVERITIES[rule] }): Finding => {
    const object = objectOf(remark);
    const place = find(wantedFor(remark, value, byName));
    return {
      severity,
      rule,
      message: oneLine(messageOf(remark, object)),
      ...(object !== undefined && { object }),
      ...(place && { place }),
    };
  });
  const once = new Map(findings.map((finding) => [JSON.stringify(finding), finding]));
  const order = new Map(texts.map(({ name }, index) => [name, index]));
  return [...once.values()].sort(
    (one, other) =>
      rank(one.place, order) - rank(other.place, order) ||
      (one.place?.line ?? 0) - (other.place?.line ?? 0) ||
      (one.place?.column ?? 0) - (other.place?.column ?? 0),
  );
}

function rank(place: Place | undefined, order: ReadonlyMap<string, number>): number {
  return place === undefined ? -1 : (order.get(place.file) ?? -1);
}

function ruleOf({ level, reason, field }: Remark): Rule {
  if (level === 'note') {
    return 'Ignored';
  }
  return reason ?? (field === undefined ? 'InvalidDocument' : 'InvalidField');
}

/** A problem of a gateway can be about an Agent. An error or a note is about a document, which has an object if it could be read. */
function objectOf({ level, about, of, text }: Remark): string | undefined {
  if (level === 'problem') {
    return about;
  }
  const [name] = /^[A-Z]\w* \S+(?=: )/.exec(text) ?? [];
  return name ?? (of && isPlainObject(of.metadata) ? nameOf(of) : undefined);
}

/** The text without what the other fields of a finding say. A file that cannot be read has no place, so its name stays. */
function messageOf({ level, about, text, reason, of }: Remark, object: string | undefined): string {
  const withoutReason = reason !== undefined && text.startsWith(`${reason}: `) ? text.slice(reason.length + 2) : text;
  const prefix = `${object}: `;
  const message = withoutReason.startsWith(prefix) ? withoutReason.slice(prefix.length) : withoutReason;
  return level === 'error' && of === undefined && !about.includes(', document ') ? `${about}: ${message}` : message;
}

function wantedFor(
  remark: Remark,
  value: string | undefined,
  byName: ReadonlyMap<string, readonly Manifest<ClusterObject>[]>,
): Wanted {
  const { about, of, text, field } = remark;
  const named = nearest(byName.get(about) ?? [], of) ?? manifestOf(of, byName);
  const origin = remark.level === 'problem' ? (named?.origin ?? about) : about;
  return { origin, value, field: field ?? (value === undefined ? fieldIn(text) : undefined) };
}

/** Two groups have a kind Agent. */
function nearest(manifests: readonly Manifest<ClusterObject>[], of: Named | undefined): Manifest | undefined {
  return manifests.find(({ object }) => object.apiVersion === of?.apiVersion) ?? manifests[0];
}

function manifestOf(of: Named | undefined, byName: ReadonlyMap<string, readonly Manifest[]>): Manifest | undefined {
  return of && byName.get(nameOf(of))?.find(({ object }) => object === of);
}

/** The first path in a message: `spec.gatewayRoute.timeout` in front of a colon, or within a sentence. */
function fieldIn(text: string): string | undefined {
  const [path] = /\b(?:spec|metadata)\.[\w.[\]/-]*[\w\]]/.exec(text) ?? [];
  return path;
}
