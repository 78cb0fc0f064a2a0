import { quote } from '../../data/quote.ts';
import { millisecondsOf } from '../../kubernetes/values/go-duration.ts';

const DEFAULT_SECONDS = 360;
const LONGEST_SECONDS = 24 * 60 * 60;

/** How long a call may take, in the form of KrakenD's schema: one number with one unit. */
export interface GatewayTimeout {
  readonly text: string;
  readonly seconds: number;
  /** Why it is not what the user wrote; empty if it is. */
  readonly complaints: readonly string[];
}

/** `spec.timeout`, a Go duration. 360 s if it is not valid, zero (which KrakenD takes for 2 s) or longer than a day. */
export function gatewayTimeout(requested: string | undefined): GatewayTimeout {
  const milliseconds = requested === undefined ? DEFAULT_SECONDS * 1000 : millisecondsOf(requested);
  if (milliseconds === undefined || milliseconds <= 0 || milliseconds > LONGEST_SECONDS * 1000) {
    const complaint = `spec.timeout: ${quote(requested ?? '')} is not valid, so 360s is used; expected a duration from 1ms to 24h such as 90s or 1m30s`;
    return { text: `${DEFAULT_SECONDS}s`, seconds: DEFAULT_SECONDS, complaints: [complaint] };
  }
  const text = milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
  return { text, seconds: Math.ceil(milliseconds / 1000), complaints: [] };
}
