import { parse } from 'yaml';
import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { expanded } from './expanded.ts';
import { type KubernetesObject, parts } from './gateways.ts';

/** A value of an answer that has no parts, after the keys that lead to it. */
export type Leaf = readonly [keys: readonly string[], value: unknown];

/** Variables that hostile values refer to. */
const LEAKED = { A: 'leaked', AGENT_NAME: 'leaked', 'touch injected': 'leaked' };

/** How readers of an answer read it. */
interface ReadingOptions {
  /** Leave variables and configurations as they are written: the user's own text is there. */
  readonly raw: boolean;
}

/** All leaves of the children of an answer. Hashes of other parts are left out. */
export function leavesOf(children: readonly KubernetesObject[], { raw }: ReadingOptions): readonly Leaf[] {
  const read = children.map((child) => leaves(raw ? child : readChild(child), [child.kind, child.metadata.name]));
  return read.flat().filter(([keys]) => !keys.at(-1)?.endsWith('hash'));
}

function leaves(value: unknown, keys: readonly string[]): Leaf[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    return [[keys, value]];
  }
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...keys, key]));
}

/** A child as those who use it read it: variables as the kubelet sets them, and the files of a ConfigMap as their programs do. */
function readChild(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(readChild);
  }
  if (!isPlainObject(value)) {
    return value;
  }
  const read = Object.entries(value).map(([key, item]) => [key, readField(key, item)]);
  return Object.fromEntries(read);
}

function readField(key: string, value: unknown): unknown {
  if (key === 'env' && Array.isArray(value)) {
    return value.map((variable) =>
      typeof variable.value === 'string' ? { ...variable, value: expanded(variable.value, LEAKED) } : variable,
    );
  }
  if (key === 'krakend.json') {
    return parts(String(value));
  }
  return key === 'config.yaml' ? parse(String(value)) : readChild(value);
}
