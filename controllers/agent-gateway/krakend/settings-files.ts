import { checksum } from '../../data/checksum.ts';
import { parsedJson } from '../../data/parsed-json.ts';
import { remember } from '../../data/remember.ts';
import { type Static, Type, TypeCompiler } from '../../typebox.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import type { Guard } from './guard.ts';

/** An agent in a settings file: namespace, name, host, path, time of creation, short path, and the name of its guard, or nothing. */
const Row = Type.Tuple([
  Type.String(),
  Type.String(),
  Type.String(),
  Type.String(),
  Type.Integer(),
  Type.Union([Type.Literal('none'), Type.Literal('short'), Type.Literal('long')]),
  Type.String(),
]);
type Row = Static<typeof Row>;
const SettingsFile = TypeCompiler.Compile(Type.Object({ agents: Type.Array(Row) }));

/** Once a file has so many bytes, it ends at the next agent with a small checksum, as about every 256th has. */
const SMALLEST_BYTES = 32 * 1024;
const ENDS_FILE = 2 ** 32 / 256;
/** Or at so many bytes: whoever names agents can choose which end a file. */
const LARGEST_BYTES = 128 * 1024;

/**
 * Settings files with all agents, in their order. Where a file ends depends on the agents around, and not on their number: so a new
 * agent changes one file, or two, and not all files after it. There is a file even if there is no agent.
 */
export function settingsFiles(agents: readonly ServedAgent[]): readonly string[] {
  const files: string[][] = [];
  let rows: string[] = [];
  let bytes = 0;
  for (const agent of agents) {
    const row = JSON.stringify(rowOf(agent));
    rows.push(row);
    bytes += row.length + COMMA;
    if (bytes >= LARGEST_BYTES || (bytes >= SMALLEST_BYTES && checksum(agent.id) < ENDS_FILE)) {
      files.push(rows);
      rows = [];
      bytes = 0;
    }
  }
  const all = rows.length > 0 || files.length === 0 ? [...files, rows] : files;
  return all.map((each) => `{"agents":[${each.join()}]}`);
}

/** How many settings files so many bytes of agents can take at most. */
export function mostFiles(bytes: number): number {
  return Math.ceil(bytes / SMALLEST_BYTES) + 1;
}

const COMMA = 1;

/** How many bytes of the settings files an agent takes. Its parts are ASCII without quotes. */
export function rowBytes(agent: ServedAgent): number {
  const { namespace, name, host, path, createdAt, shorthand, guard } = agent;
  const texts = [namespace, name, host, path, String(createdAt), shorthand, guard?.name ?? ''];
  return texts.reduce((sum, { length }) => sum + length, FIXED_BYTES);
}

/** Brackets, quotes and commas of a row, and the comma after it. */
const FIXED_BYTES = '["","","","",,"",""],'.length;

function rowOf({ namespace, name, host, path, createdAt, shorthand, guard }: ServedAgent): Row {
  return [namespace, name, host, path, createdAt, shorthand, guard?.name ?? ''];
}

/** A file is at most some 130 KB long. */
const FILES_KEPT = 128;

/** The rows of a settings file of ours; undefined for any other text. A change of an agent leaves nearly all files as they are. */
const rowsOf = remember((text): readonly Row[] | undefined => {
  const file = parsedJson(text);
  return SettingsFile.Check(file) ? file.agents : undefined;
}, FILES_KEPT);

/** The agents in settings files of ours; undefined for other texts, or if a guard is not among the given ones. */
export function agentsOfSettings(
  texts: readonly string[],
  guards: ReadonlyMap<string, Guard>,
): readonly ServedAgent[] | undefined {
  const agents = texts.flatMap((text) => rowsOf(text)?.map((row) => agentOf(row, guards)) ?? [undefined]);
  return agents.every((agent) => agent !== undefined) ? agents : undefined;
}

function agentOf(row: Row, guards: ReadonlyMap<string, Guard>): ServedAgent | undefined {
  const [namespace, name, host, path, createdAt, shorthand, guardName] = row;
  const guard = guards.get(guardName);
  const agent = { id: `${namespace}/${name}`, namespace, name, host, path, createdAt, shorthand };
  return guardName === '' || guard ? { ...agent, ...(guard && { guard }) } : undefined;
}
