/** A line for standard error, which says what is wrong with the input or what was passed over. */
export interface Remark {
  /** `error`: wrong input. `problem`: what a resource asks for and does not get. `note`: input that was ignored. */
  readonly level: 'error' | 'problem' | 'note';
  /** A place in the input (`team.yaml, document 2`) or an object (`Agent n/a`). */
  readonly about: string;
  readonly text: string;
}

export function error(about: string, text: string): Remark {
  return { level: 'error', about, text };
}

export function note(about: string, text: string): Remark {
  return { level: 'note', about, text };
}
