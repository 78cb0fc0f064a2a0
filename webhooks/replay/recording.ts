import { readFileSync } from 'node:fs';
import { type Fixture, fixtureAt } from '../fixtures/fixture-files.ts';
import { readVariables } from '../fixtures/fixture-settings.ts';
import { whyUnread } from '../settings/setting-files.ts';
import type { Variables } from '../settings/settings.ts';
import type { VerbCall } from '../verb.ts';
import { type RecordedCall, type RecordedCalls, readRecordedCalls } from './recorded-calls.ts';

/** The calls of a file. */
export type RecordingReading =
  | {
      readonly outcome: 'read';
      /** For messages. */
      readonly name: string;
      readonly calls: readonly [RecordedCall, ...RecordedCall[]];
      /** The hook that the path of a fixture names, such as `kaos-routes/sync`. */
      readonly hook: string | undefined;
      /** The settings of a fixture; undefined for another recording. */
      readonly variables: Variables | undefined;
    }
  | { readonly outcome: 'bad'; readonly line: string };

/** Reads the file of the arguments, or standard input. A fixture brings the name of its hook and its settings. */
export function readRecording({ args: [file = ''], readInput }: VerbCall): RecordingReading {
  if (file === '-') {
    const name = 'standard input';
    return withFixture(readRecordedCalls(readInput(), name), { name });
  }
  try {
    return withFixture(readRecordedCalls(readFileSync(file, 'utf8'), file), { name: file, fixture: fixtureAt(file) });
  } catch (thrown) {
    return { outcome: 'bad', line: `${file}: ${whyUnread(thrown)}` };
  }
}

interface Source {
  readonly name: string;
  readonly fixture?: Fixture | undefined;
}

function withFixture(reading: RecordedCalls, { name, fixture }: Source): RecordingReading {
  if (reading.outcome === 'bad') {
    return reading;
  }
  const variables = fixture && (fixture.settingsFile === undefined ? {} : readVariables(fixture.settingsFile));
  return variables instanceof Error
    ? { outcome: 'bad', line: variables.message }
    : { ...reading, name, hook: fixture && `${fixture.controller}/${fixture.hook}`, variables };
}
