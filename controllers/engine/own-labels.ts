import { OWN_PREFIX } from './own-annotations.ts';

/** The labels of this service on objects that users select. */
export const OWN_LABELS = {
  /** What an object is for, so that one selector finds all of its kind. */
  component: `${OWN_PREFIX}component`,
  /** The Agent to which a route leads. */
  agent: `${OWN_PREFIX}agent`,
} as const;
