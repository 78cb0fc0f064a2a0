import { CARD_PATH } from '../../resources/agentic-layer/agent-address.ts';
import { type Guard, isListed } from './guard.ts';
import { CARD_PATTERN } from './krakend-config.ts';

/**
 * Templates that make endpoints and models out of the rows of settings files, so that the same `krakend.json` serves any number of
 * agents. They make what `endpointsOf` and `pluginAgents` make; a test compares both as KrakenD reads them. KrakenD's flexible
 * configuration gives the template one object for each settings file, and Go visits them in the order of their names.
 */

/** The members of `endpoints`. */
export const ENDPOINT_ROWS = `{{ $comma := "" }}${forEachRow(withComma('{{template "endpoints" .}}'))}`;

/** The plugin's list of agents: the plugin names none that demands a token. It comes after the endpoints. */
export function modelRows(guards: readonly Guard[]): string {
  const unlisted = guards.filter((guard) => !isListed(guard)).map(({ name }) => ` "${name}"`);
  const model = withComma('{{template "model" .}}');
  return `{{ $comma = "" }}${forEachRow(`{{ if not (has (index . 6) (list${unlisted.join('')})) }}${model}{{ end }}`)}`;
}

function forEachRow(item: string): string {
  return `{{ range . }}{{ range .agents }}${item}{{ end }}{{ end }}`;
}

/** A comma before each item of a list but the first. */
function withComma(item: string): string {
  return `{{ $comma }}{{ $comma = "," }}${item}`;
}

/** The templates that the rows are given to. A row has the fields of `Row` in settings-files.ts. */
export function rowTemplates(guards: readonly Guard[]): string {
  return [ENDPOINTS, pairTemplate(guards), MODEL].join('');
}

const ENDPOINTS = [
  '{{ define "endpoints" }}{{ $id := printf "%s/%s" (index . 0) (index . 1) }}',
  '{{template "pair" (dict "at" $id "in_card" "" "row" .)}}',
  '{{ if ne (index . 5) "none" }}{{ $in_card := ternary (printf "/%s" $id) "" (eq (index . 5) "long") }}',
  ',{{template "pair" (dict "at" (index . 1) "in_card" $in_card "row" .)}}{{ end }}{{ end }}',
].join('');

/** The card and the calls of an agent at one path. */
function pairTemplate(guards: readonly Guard[]): string {
  return [
    '{{ define "pair" }}{{ $host := index .row 2 }}{{ $path := index .row 3 }}{{ $guard := index .row 6 }}',
    endpoint(`/%s${CARD_PATTERN}`, byGuard('card', ' .in_card', guards), `(printf "%s${CARD_PATH}" $path)`),
    ',',
    endpoint('/%s', byGuard('call', '', guards), '(default "/" $path)'),
    '{{ end }}',
  ].join('');
}

function endpoint(format: string, members: string, urlPattern: string): string {
  const backend = `{"url_pattern":{{ toJson ${urlPattern} }},{{template "agent" $host}}}`;
  return `{"endpoint":{{ toJson (printf "${format}" .at) }},${members},"backend":[${backend}]}`;
}

/** Calls the template of the row's guard. A guard that is not known makes no JSON, so KrakenD does not start with it. */
function byGuard(kind: 'card' | 'call', parameter: string, guards: readonly Guard[]): string {
  const others = guards.map(
    ({ name }) => `{{ else if eq $guard "${name}" }}{{template "${kind}-${name}"${parameter}}}`,
  );
  return `{{ if eq $guard "" }}{{template "${kind}"${parameter}}}${others.join('')}{{ end }}`;
}

const MODEL = [
  '{{ define "model" }}{"model_id":{{ toJson (printf "%s/%s" (index . 0) (index . 1)) }},',
  `"url":{{ toJson (printf "%s%s${CARD_PATH}" (index . 2) (index . 3)) }},`,
  '"owned_by":{{ toJson (index . 0) }},"createdAt":{{ int64 (index . 4) }}}{{ end }}',
].join('');
