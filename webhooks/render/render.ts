import type { Controller } from '../../controllers/contract.ts';
import type { Settings } from '../../controllers/settings.ts';
import { buildCluster } from './cluster.ts';
import { callHooks } from './hook-calls.ts';
import { readManifests } from './manifests.ts';
import { type Output, print } from './output.ts';
import { remarkLines } from './remarks.ts';
import { readSources } from './sources.ts';

/** What to render, and how. */
export interface RenderJob {
  /** Files, folders, or `-` for standard input. */
  readonly paths: readonly string[];
  /** Reads standard input to its end. */
  readonly readInput: () => string;
  readonly controllers: readonly Controller[];
  readonly settings: Settings;
  /** The namespace of objects that set none. */
  readonly namespace: string;
  readonly output: Output;
}

/** The output of the command: the exit code and the texts to print. */
export interface RenderOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Sources → documents → cluster → hook calls → output. Each step adds its remarks. */
export function render(job: RenderJob): RenderOutput {
  const sources = readSources(job.paths, job.readInput);
  const documents = readManifests(sources.texts);
  const cluster = buildCluster(documents.manifests, job.controllers, job.namespace);
  const answers = job.controllers.map((controller) => callHooks(controller, cluster, job.settings));
  const remarks = [sources, documents, cluster, ...answers].flatMap((step) => step.remarks);
  return {
    code: remarks.some(({ level }) => level === 'error') ? 1 : 0,
    stdout: print(answers, job.output),
    stderr: remarkLines(remarks),
  };
}
