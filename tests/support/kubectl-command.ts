import { parseArgs } from 'node:util';

/** The flags that documents use, in their long form. Any other flag is an error. */
const FLAGS = {
  all: { type: 'boolean' },
  'all-namespaces': { type: 'boolean' },
  'all-pods': { type: 'boolean' },
  as: { type: 'string' },
  cascade: { type: 'string' },
  'field-selector': { type: 'string' },
  filename: { type: 'string' },
  for: { type: 'string' },
  'force-conflicts': { type: 'boolean' },
  'from-file': { type: 'string', multiple: true },
  'from-literal': { type: 'string', multiple: true },
  'ignore-not-found': { type: 'boolean' },
  namespace: { type: 'string' },
  output: { type: 'string' },
  patch: { type: 'string' },
  prefix: { type: 'boolean' },
  replicas: { type: 'string' },
  selector: { type: 'string' },
  'server-side': { type: 'boolean' },
  'show-managed-fields': { type: 'boolean' },
  'sort-by': { type: 'string' },
  timeout: { type: 'string' },
  type: { type: 'string' },
} as const;
const TWO_WORDS = ['auth', 'create', 'rollout'];

/** A kubectl call, split into its verb (`get`, `create secret`), its other words and its flags. */
export function kubectlCommand(args: readonly string[]) {
  const { values: flags, positionals } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  const length = TWO_WORDS.includes(positionals[0] ?? '') ? 2 : 1;
  return { verb: positionals.slice(0, length).join(' '), words: positionals.slice(length), flags };
}

export type KubectlFlags = ReturnType<typeof kubectlCommand>['flags'];

/** The target of a call: a type, and a name if the call has one. */
export interface Target {
  readonly type: string;
  readonly name: string | undefined;
}

/** Reads `type name...`, `type,type` or `type/name...`. */
export function targets(words: readonly string[]): Target[] {
  const [first = '', ...names] = words;
  if (first.includes('/')) {
    return words.map((word) => ({ type: word.split('/')[0] ?? '', name: word.split('/')[1] }));
  }
  const ofType = (type: string): Target[] =>
    names.length > 0 ? names.map((name) => ({ type, name })) : [{ type, name: undefined }];
  return first.split(',').flatMap(ofType);
}
