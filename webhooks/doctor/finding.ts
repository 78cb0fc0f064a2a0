import type { Command } from './shell.ts';

/** Something that is not as it should be. */
export interface Finding {
  /** An error keeps resources from being served. A warning is a risk, or something that was so. */
  readonly severity: 'error' | 'warning';
  /** `missing`: it is not there. `wrong`: it is there, and not as expected. */
  readonly state: 'missing' | 'wrong';
  /** `Deployment kaos-system/agent-gateway-hooks` */
  readonly object: string;
  /** What was seen, with its value. */
  readonly seen: string;
  readonly expected: string;
  /** What to do, in order; what to look at, if only the reader can decide. Words in capitals are for the reader to fill in. */
  readonly mend: readonly Command[];
  /** What to know or to decide before that. */
  readonly advice?: string;
  /** The page of the documents, with the heading. */
  readonly page: string;
}

type Told = Omit<Finding, 'severity' | 'state'>;

export const missing = (told: Told): Finding => ({ severity: 'error', state: 'missing', ...told });
export const wrong = (told: Told): Finding => ({ severity: 'error', state: 'wrong', ...told });
export const warning = (told: Told): Finding => ({ severity: 'warning', state: 'wrong', ...told });
