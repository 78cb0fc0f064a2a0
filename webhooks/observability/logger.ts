import { type Logger, pino, stdTimeFunctions } from 'pino';

/** The fields of log lines that hold secrets. */
const SECRETS = ['settings.controllers.*.referenceHashKey'];

/** A log of one JSON object a line, with the names of levels and times in ISO 8601, so that people can search and read it. */
export function createLogger(level: string, destination: { readonly write: (line: string) => void }): Logger {
  return pino(
    {
      level,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: SECRETS, censor: (value) => (value === undefined ? undefined : '[Redacted]') },
    },
    destination,
  );
}
