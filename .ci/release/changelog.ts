/** The kinds of changes of keepachangelog.com, which are also those of Artifact Hub in lower case. */
const KINDS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];

interface Change {
  readonly kind: string;
  readonly description: string;
}

/** What the changelog says about one version. */
export interface ChangelogEntry {
  readonly version: string;
  /** `unreleased`, or the day of the release. */
  readonly date: string;
  /** The text below the heading, as Markdown. */
  readonly text: string;
  readonly changes: readonly Change[];
}

const ENTRY = /^## (\S+) - (.+)\n((?:(?!## ).*\n?)*)/gm;
const SECTION = /^### (.+)\n((?:(?!### ).*\n?)*)/gm;
const ITEM = /^- (.*\n(?: {2}.*\n)*)/gm;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The entries of a changelog in the form of keepachangelog.com, in its order. */
export function entriesOf(changelog: string): ChangelogEntry[] {
  return [...changelog.matchAll(ENTRY)].map(([, version = '', date = '', text = '']) => ({
    version,
    date,
    text: text.trim(),
    changes: [...text.matchAll(SECTION)].flatMap(([, kind = '', items = '']) => changesOf(kind, items)),
  }));
}

function changesOf(kind: string, items: string): Change[] {
  return [...items.matchAll(ITEM)].map(([, item = '']) => ({ kind, description: item.trim().replaceAll(/\s+/g, ' ') }));
}

/** Why this entry cannot describe a release. A tag is a release, and has a day. */
export function changelogFaults(entry: ChangelogEntry | undefined, version: string, isTagged: boolean): string[] {
  if (entry === undefined) {
    return [`CHANGELOG.md: has no entry for ${version}; add "## ${version} - unreleased" with its changes`];
  }
  const { date, changes } = entry;
  const unknown = [...new Set(changes.map(({ kind }) => kind))].filter((kind) => !KINDS.includes(kind));
  return [
    ...unknown.map((kind) => `CHANGELOG.md: ${version}: "${kind}" is not a valid kind; expected ${KINDS.join(', ')}`),
    ...(changes.length === 0 ? [`CHANGELOG.md: ${version}: lists no changes`] : []),
    ...(isTagged || date !== 'unreleased' ? dayFaults(version, date) : []),
  ];
}

function dayFaults(version: string, date: string): string[] {
  return DAY.test(date) ? [] : [`CHANGELOG.md: ${version}: "${date}" is not a valid day; expected YYYY-MM-DD`];
}
