import { hash } from '../../data/hash.ts';
import type { ServedAgent } from '../agents/exposed-agents.ts';
import { type KrakendEndpoint, METHODS } from './endpoint-templates.ts';
import { endpointsOf, type KrakendChoices, krakendConfig } from './krakend-config.ts';
import {
  type ConfiguredAgent,
  type ConfiguredEndpoint,
  configuredAgents,
  configuredEndpoints,
  guardsIn,
  krakendJson,
  settingsKrakendJson,
} from './krakend-json.ts';
import { agentsOfSettings, settingsFiles } from './settings-files.ts';

/** The files that KrakenD reads. Without settings files the agents are in `krakend.json`. */
export interface KrakendFiles {
  readonly krakendJson: string;
  readonly settings: readonly string[];
}

/** Where the agents are: all in `krakend.json`, or in settings files over which a `krakend.json` goes that is the same for all agents. */
export type Form = 'one-file' | 'settings-files';

/** The configuration with these agents. Both forms are equal when KrakenD has filled in the templates. */
export function krakendFiles(choices: KrakendChoices, agents: readonly ServedAgent[], form: Form): KrakendFiles {
  return form === 'one-file'
    ? { krakendJson: krakendJson(krakendConfig(choices, agents), choices), settings: [] }
    : { krakendJson: settingsKrakendJson(choices), settings: settingsFiles(agents) };
}

export function formOf({ settings }: KrakendFiles): Form {
  return settings.length === 0 ? 'one-file' : 'settings-files';
}

/** One hash of all files. That of one file is the hash of its text, as the Go operator had it. */
export function filesHash({ krakendJson: text, settings }: KrakendFiles): string {
  return settings.length === 0 ? hash(text) : hash([text, ...settings].map(hash).join(' '));
}

/** The agents in files of ours; undefined for any others, such as the Go operator's. */
export function agentsIn(files: KrakendFiles): readonly ConfiguredAgent[] | undefined {
  return formOf(files) === 'one-file' ? configuredAgents(files.krakendJson) : servedIn(files);
}

/** The endpoints in files of ours, in their order; none for any others. */
export function endpointsIn(files: KrakendFiles): readonly ConfiguredEndpoint[] {
  return formOf(files) === 'one-file'
    ? configuredEndpoints(files.krakendJson)
    : (servedIn(files) ?? []).flatMap((agent) => endpointsOf(agent).map((endpoint) => configured(endpoint, agent)));
}

function servedIn({ krakendJson: text, settings }: KrakendFiles): readonly ServedAgent[] | undefined {
  return agentsOfSettings(settings, guardsIn(text));
}

function configured(
  { endpoint, kind, host, url_pattern }: KrakendEndpoint,
  { guard }: ServedAgent,
): ConfiguredEndpoint {
  return { endpoint, method: METHODS[kind], backend: [{ host: [host], url_pattern }], guard };
}
