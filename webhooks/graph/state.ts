import type { Item, Refusal } from './item.ts';
import { NOT_ACCEPTED } from './routes.ts';

/** How a resource is, in one word. `quiet`: it has no address, and nobody asked for one. */
export interface State {
  readonly level: 'fine' | 'quiet' | 'warning' | 'broken';
  readonly word: string;
}

export const FINE: State = { level: 'fine', word: '' };

/** Colours say the same as these signs. */
export const SIGNS: Readonly<Record<State['level'], string>> = { fine: '', quiet: '–', warning: '!', broken: '✗' };

/** `✗ left out`; empty if nothing is to be said. */
export function stateText({ level, word }: State): string {
  return `${SIGNS[level]} ${word}`.trim();
}

/** Reasons that somebody wanted. All others are something that the resource asks for and does not get. */
const WANTED: Readonly<Record<string, string>> = {
  NotExposed: 'not exposed',
  AccessDenied: 'denied',
  GatewayDisabled: 'no routes',
  AgentRoutesDisabled: 'no routes',
  Deleting: 'being deleted',
  NotSelected: 'not selected',
  ClassOfAnother: 'of another controller',
};

const UNWANTED: Readonly<Record<string, string>> = {
  AgentLeftOut: 'left out',
  AccessWithheld: 'access withheld',
  InvalidName: 'name not valid',
  NoDirectRoute: 'no direct route',
};

/** The worst that there is to say about a resource. */
export function stateOf(item: Item): State {
  const states = [ofPresence(item), ...item.refusals.map(ofRefusal), ...ofFindings(item), ...ofAddress(item)];
  const rank = ({ level }: State) => ['fine', 'quiet', 'warning', 'broken'].indexOf(level);
  return states.reduce((worst, one) => (rank(one) > rank(worst) ? one : worst), FINE);
}

function ofPresence({ presence }: Item): State {
  switch (presence) {
    case 'present':
      return FINE;
    case 'missing':
      return { level: 'broken', word: 'missing' };
    case 'refused':
      return { level: 'broken', word: 'not valid' };
    case 'unread':
      return { level: 'quiet', word: 'not read' };
  }
}

export function ofRefusal({ reason }: Refusal): State {
  const wanted = WANTED[reason];
  return wanted === undefined
    ? { level: 'broken', word: UNWANTED[reason] ?? 'not served' }
    : { level: 'quiet', word: wanted };
}

function ofFindings({ findings }: Item): readonly State[] {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  return [
    ...(errors > 0 ? [{ level: 'broken', word: errors === 1 ? 'a problem' : `${errors} problems` } as const] : []),
    ...(warnings > 0
      ? [{ level: 'warning', word: warnings === 1 ? 'a warning' : `${warnings} warnings` } as const]
      : []),
  ];
}

function ofAddress({ presence, routes, refusals }: Item): readonly State[] {
  if (routes.some(({ access }) => access === NOT_ACCEPTED)) {
    return [{ level: 'broken', word: 'not accepted by the Gateway' }];
  }
  return presence === 'present' && routes.length === 0 && refusals.length === 0
    ? [{ level: 'quiet', word: 'no address' }]
    : [];
}
