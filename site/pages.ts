/** The pages of the site in four groups, in the order of the sidebar. A test names each page of `docs/` that is missing here. */

export interface PageOfSite {
  /** The Markdown file in the repository. */
  readonly source: string;
  /** Its address on the site, without `.html`. */
  readonly address: string;
  /** Its name in the sidebar, if the title of the file is too long or says too little there. */
  readonly name?: string;
}

export interface Group {
  readonly title: string;
  readonly pages: readonly PageOfSite[];
}

const doc = (name: string, shown?: string): PageOfSite => ({
  source: `docs/${name}.md`,
  address: name,
  ...(shown && { name: shown }),
});

export const GROUPS: readonly Group[] = [
  {
    title: 'Start',
    pages: [
      { source: 'README.md', address: 'overview', name: 'Overview' },
      doc('which'),
      doc('start-kaos', 'KAOS with its operator'),
      doc('start-kaos-without-operator', 'KAOS without it'),
      doc('start-agent-gateway', 'Agents of the agent runtime'),
      doc('playground'),
      doc('install'),
      { source: 'examples/README.md', address: 'examples' },
      doc('migration', 'Move from the Go operators'),
    ],
  },
  {
    title: 'Use',
    pages: [
      doc('controllers'),
      doc('streams'),
      doc('access', 'Who may call'),
      doc('command', 'The command'),
      doc('render', 'See without a cluster'),
      doc('explain', 'Why is it reachable, or not'),
      doc('graph', 'A picture of who calls what'),
      doc('diff'),
      doc('pull-requests'),
      doc('unit-tests', 'Fixtures and unit tests'),
      doc('kaos-runtime', 'The KAOS runtime'),
      doc('kaos-pods', 'Pods of KAOS resources'),
      doc('kaos-calls', 'Calls of KAOS resources'),
      doc('cards', 'Agent cards'),
      doc('pod-spec', 'Merge of pods'),
      doc('crds'),
      { source: 'docs/reference/README.md', address: 'reference/index', name: 'Reference' },
      { source: 'chart/README.md', address: 'reference/chart', name: 'Values of the chart' },
    ],
  },
  {
    title: 'Operate',
    pages: [
      doc('security', 'Security'),
      doc('permissions', 'Permissions'),
      doc('doctor', 'What is wrong'),
      doc('troubleshooting'),
      doc('runbook', 'Runbook'),
      doc('limits', 'Limits'),
      doc('convergence', 'Convergence'),
      doc('performance', 'Performance'),
      doc('soak', 'Soak'),
      doc('upgrade'),
      doc('uninstall'),
    ],
  },
  {
    title: 'Understand',
    pages: [
      doc('how-it-works'),
      doc('code'),
      doc('threat-model', 'Threat model'),
      { source: 'docs/decisions/README.md', address: 'decisions/index', name: 'Decisions' },
      doc('defects-krakend-operator', 'Defects of the KrakenD operator'),
      doc('defects-kaos-operator', 'Defects of the KAOS operator'),
      doc('licences'),
      { source: 'docs/README.md', address: 'documents', name: 'All documents' },
      { source: 'CONTRIBUTING.md', address: 'contributing' },
    ],
  },
];

/** Folders whose other pages are on the site too, under their index. */
const FOLDERS = ['docs/decisions/', 'docs/reference/'];

const LISTED = new Map(GROUPS.flatMap(({ pages }) => pages).map(({ source, address }) => [source, address]));

/** The address of a file of the repository on the site; undefined if it is not on the site. */
export function addressOf(source: string): string | undefined {
  const isInFolder = FOLDERS.some((folder) => source.startsWith(folder)) && source.endsWith('.md');
  return LISTED.get(source) ?? (isInFolder ? source.slice('docs/'.length, -'.md'.length) : undefined);
}
