import { isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';

/**
 * The node of a field: its key, or its item in a list. If the field is missing, this is its nearest parent. Names in a path can have dots,
 * such as those of labels, so each step is the longest name that fits.
 */
export function fieldNode(root: Node, path: string): Node {
  let found = root;
  let within: unknown = root;
  let rest = path;
  while (rest !== '') {
    const step = stepInto(within, rest);
    if (step === undefined) {
      return found;
    }
    found = step.node;
    within = step.value;
    rest = step.rest;
  }
  return found;
}

interface Step {
  readonly node: Node;
  readonly value: unknown;
  readonly rest: string;
}

function stepInto(value: unknown, path: string): Step | undefined {
  if (isSeq<Node>(value)) {
    const [all = '', index = ''] = /^\[(\d+)\]\.?/.exec(path) ?? [];
    const item = all === '' ? undefined : value.items[Number(index)];
    return item && { node: item, value: item, rest: path.slice(all.length) };
  }
  const pairs = isMap(value) ? value.items.filter((pair) => startsWith(path, nameOf(pair))) : [];
  const [longest] = pairs.toSorted((one, other) => nameOf(other).length - nameOf(one).length);
  return longest && { node: longest.key as Node, value: longest.value, rest: restOf(path, nameOf(longest)) };
}

function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function startsWith(path: string, name: string): boolean {
  return name !== '' && path.startsWith(name) && ['', '.', '['].includes(path.charAt(name.length));
}

function restOf(path: string, name: string): string {
  return path.slice(name.length).replace(/^\./, '');
}
