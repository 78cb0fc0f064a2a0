import type { Kubectl } from '../../webhooks/verb.ts';

/** Why kubectl fails for a resource: its words, and for all other resources of the list there are no objects. */
type Answers = Readonly<Record<string, readonly object[] | string>>;

/**
 * A kubectl whose cluster has these objects, by the argument that names the resource: `agents.v1alpha1.kaos.tools`. A text is an error of
 * that resource. Any other resource has no objects. Selectors by label are obeyed. The cluster tests run kubectl itself.
 */
export function fakeKubectl(answers: Answers): Kubectl {
  return ([_verb, resource = '', ...flags]) => {
    const answer = answers[resource] ?? [];
    const [, selector = ''] =
      /^--selector=(.*)$/.exec(flags.find((flag) => flag.startsWith('--selector=')) ?? '') ?? [];
    return typeof answer === 'string'
      ? { outcome: 'failed', why: answer }
      : { outcome: 'answered', stdout: JSON.stringify({ items: answer.filter((each) => isSelected(each, selector)) }) };
  };
}

function isSelected(object: object, selector: string): boolean {
  const { metadata } = object as { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  const pairs = selector === '' ? [] : selector.split(',').map((pair) => pair.split('='));
  return pairs.every(([key = '', value]) => metadata?.labels?.[key] === value);
}
