import { quote } from '../../controllers/data/quote.ts';
import type { KindNames } from '../../controllers/reading.ts';
import { kindsNamed, selectableKinds } from '../evaluate/selection.ts';

/** What a user asks about: a resource by its names, or whatever answers at an address. */
export type Target = NamedTarget | AddressTarget;

/** `names`: one for each way to read the text, because `agent/lead` may be a kind and a name, or a namespace and a name. */
export interface NamedTarget {
  readonly outcome: 'named';
  readonly text: string;
  readonly names: readonly TargetName[];
}

/** What a text leaves open fits everything. */
export interface TargetName {
  /** Undefined for any kind. */
  readonly kinds: readonly KindNames[] | undefined;
  /** Undefined for any namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A host name and a path that may lead to a resource. */
export interface AddressTarget {
  readonly outcome: 'address';
  readonly text: string;
  /** In lower case, without a port. Undefined for any host name. */
  readonly host: string | undefined;
  readonly path: string;
}

/** A text that is not the name of a resource. */
export interface NoTarget {
  readonly outcome: 'bad';
  readonly line: string;
}

const ADDRESS = /^(?:https?:\/\/)?([^/?#]*)(\/[^?#]*)?(?:[?#].*)?$/is;

/** Reads the argument: `agent/research/lead`, `research/lead`, `lead`, `https://agents.example.com/research/agent/lead`, `/research/agent/lead`. */
export function readTarget(text: string): Target | NoTarget {
  const isAddress = /^(https?:\/\/|\/)/i.test(text) || hasHost(text);
  return isAddress ? addressIn(text) : namesIn(text);
}

/** Whether a text begins with a host name such as `agents.example.com`. Kinds with their group have dots, too. */
function hasHost(text: string): boolean {
  const [first = '', ...others] = text.split('/');
  return others.length > 0 && /[.:]/.test(first) && kindsNamed(first).length === 0;
}

function addressIn(text: string): AddressTarget {
  const [, authority = '', path = '/'] = ADDRESS.exec(text) ?? [];
  const host = authority.replace(/^.*@/, '').replace(/:\d*$/, '').toLowerCase();
  return { outcome: 'address', text, host: host || undefined, path: path.replace(/(?<=.)\/+$/, '') };
}

function namesIn(text: string): Target | NoTarget {
  const steps = text.split('/');
  const [first = '', second = '', name = ''] = steps;
  const kinds = kindsNamed(first);
  if (steps.length > 3 || steps.some((step) => step === '')) {
    return { outcome: 'bad', line: `${quote(text)} is not a valid resource; expected ${EXPECTED}` };
  }
  if (steps.length === 3 && kinds.length === 0) {
    return { outcome: 'bad', line: `${quote(first)} is not a kind; expected one of ${selectableKinds.join(', ')}` };
  }
  return { outcome: 'named', text, names: namesOf({ first, second, name, kinds }, steps.length) };
}

const EXPECTED = 'kind/namespace/name such as agent/research/lead, namespace/name, a name, or an address';

interface Steps {
  readonly first: string;
  readonly second: string;
  readonly name: string;
  readonly kinds: readonly KindNames[];
}

function namesOf({ first, second, name, kinds }: Steps, count: number): readonly TargetName[] {
  switch (count) {
    case 1:
      return [{ kinds: undefined, namespace: undefined, name: first }];
    case 2:
      return [
        ...(kinds.length > 0 ? [{ kinds, namespace: undefined, name: second }] : []),
        { kinds: undefined, namespace: first, name: second },
      ];
    default:
      return [{ kinds, namespace: second, name }];
  }
}
