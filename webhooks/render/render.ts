import type { Controller } from '../../controllers/contract.ts';
import type { Settings } from '../../controllers/settings.ts';
import { chartValues } from '../offline.ts';
import type { CommandOutput, Terminal } from '../verb.ts';
import { checkManifests } from './checked.ts';
import { buildCluster } from './cluster.ts';
import type { ClusterObject } from './cluster-object.ts';
import { callHooks } from './hook-calls.ts';
import { readManifests } from './manifests.ts';
import { type Output, print } from './output.ts';
import { withReadByOthers } from './read-by-others.ts';
import { type Named, note, type Remark } from './remark.ts';
import { exitCode, remarkLines } from './remarks.ts';
import { isSelected, type Selection } from './selection.ts';
import { readSources, type SourcePaths } from './sources.ts';

/** What to render, and how. */
export interface RenderJob {
  readonly sources: SourcePaths;
  readonly controllers: readonly Controller[];
  readonly settings: Settings;
  readonly selection: Selection;
  readonly output: Output;
  /** Whether any remark is a reason to exit with 1. */
  readonly strict: boolean;
  readonly terminal: Terminal;
}

/** The namespace of objects that set none. */
const DEFAULT_NAMESPACE = 'default';

/** Sources → documents → checked documents → cluster → hook calls → output. Each step adds its remarks. */
export function render(job: RenderJob): CommandOutput {
  const { sources: paths, controllers, settings, selection, output, strict, terminal } = job;
  const namespace = selection.namespace ?? DEFAULT_NAMESPACE;
  const isWanted = (document: Named) => isSelected(selection, document);
  const sources = readSources(paths);
  const documents = readManifests(sources.texts);
  const checked = checkManifests(documents.manifests, namespace);
  const present = chartObjects(controllers, settings);
  const given = buildCluster(checked.manifests, { controllers, namespace, present });
  const cluster = withReadByOthers(given, controllers, settings);
  const answers = controllers.map((controller) => callHooks(controller, cluster, { settings, isWanted }));
  const said = [sources, documents, checked, cluster, ...answers]
    .flatMap((step) => step.remarks)
    .filter(({ of }) => of === undefined || isWanted(of));
  const isEmpty = said.length === 0 && answers.every(({ rows }) => rows.length === 0);
  const remarks = isEmpty ? [nothingToRender(controllers)] : said;
  return {
    code: exitCode(remarks, strict),
    stdout: print(answers, output, terminal.width),
    stderr: remarkLines(remarks, terminal.hasColours),
  };
}

/** The objects that the chart would have made for these controllers. */
function chartObjects(controllers: readonly Controller[], settings: Settings): readonly ClusterObject[] {
  const makers = controllers.flatMap(({ onDemand }) => onDemand?.chartObjects ?? []);
  return makers.length === 0 ? [] : makers.flatMap((make) => make(chartValues(), settings));
}

/** Empty output needs a reason, which no other remark gives. */
function nothingToRender(controllers: readonly Controller[]): Remark {
  const kinds = new Set(controllers.flatMap(({ parents }) => parents.map(({ kind }) => kind)));
  return note('nothing to render', `no selected document is one of ${[...kinds].join(', ')}`);
}
