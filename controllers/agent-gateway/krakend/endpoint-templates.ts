import { CARD_MODIFIERS, PATH_IN_CARD } from './card-script.ts';

/** One of KrakenD's endpoints, reduced to what differs between them: https://www.krakend.io/docs/endpoints/ */
export interface KrakendEndpoint {
  readonly endpoint: string;
  readonly kind: 'card' | 'call';
  /** The path in a card, if it is another than the one at which the card is. It is the id of an agent. */
  readonly path_in_card?: string;
  /** Scheme, host and port of the agent. They are letters, digits and `.:/_-` alone, so they cannot be template syntax. */
  readonly host: string;
  readonly url_pattern: string;
}

/** `no-op` passes an answer on as it is. */
const UNCHANGED = { output_encoding: 'no-op', input_headers: ['*'] };

/** With these headers one agent would send callers elsewhere, or change what they keep for the address that all agents share. */
const LEFT_OUT = [
  'Location',
  'Set-Cookie',
  'Clear-Site-Data',
  'Strict-Transport-Security',
  'Alt-Svc',
  'NEL',
  'Report-To',
];

/** Setting a length that is not a number is an error, so nothing of the answer is passed on. KrakenD logs the text. */
const ERROR = { name: 'Content-Length', value: 'the agent redirected the call to another host' };

/**
 * KrakenD follows an agent's redirects, and its Community edition cannot be told not to. But the answer of another host than
 * the agent's is replaced by an error: docs/decisions/0034-redirects-of-agents.md.
 */
function agentMembers(host: string, authority: string): object {
  const scope = ['response'];
  const filter = {
    scope,
    host: authority,
    modifier: { 'header.Blacklist': { scope, names: LEFT_OUT } },
    else: { 'header.Modifier': { scope, ...ERROR } },
  };
  return { host: [host], extra_config: { 'modifier/martian': { 'url.Filter': filter } } };
}

const CALL = { method: 'POST', ...UNCHANGED };

const CARD = { method: 'GET', ...UNCHANGED };

/** The script finds the path in the data of the answer. */
function pathParameter(pathInCard: string): object {
  return { proxy: { static: { strategy: 'success', data: { [PATH_IN_CARD]: pathInCard } } } };
}

/** The members of a card's endpoint in a template whose parameter is the path in the card, or nothing. */
function cardTemplate(): string {
  const parameter = `{{ with . }},${membersOf(pathParameter('{{ . }}'))}{{ end }}`;
  return `${membersOf(CARD)},"extra_config":{${membersOf(CARD_MODIFIERS)}${parameter}}`;
}

/** What endpoints have in common is written once, as Go templates, because each agent has up to four endpoints. */
export const TEMPLATES = [
  define('card', cardTemplate()),
  define('call', membersOf(CALL)),
  define('agent', membersOf(agentMembers('{{ . }}', '{{ . | trimPrefix `http://` | trimPrefix `https://` }}'))),
].join('');

function define(name: string, text: string): string {
  return `{{ define "${name}" }}${text}{{ end }}`;
}

/** An endpoint in `krakend.json`, with calls of the templates. */
export function endpointText({ endpoint, kind, path_in_card, host, url_pattern }: KrakendEndpoint): string {
  const backend = `{"url_pattern":${escapedJson(url_pattern)},{{template "agent" ${escapedJson(host)}}}}`;
  const parameter = path_in_card === undefined ? '' : ` ${escapedJson(path_in_card)}`;
  return `{"endpoint":${escapedJson(endpoint)},{{template "${kind}"${parameter}}},"backend":[${backend}]}`;
}

/** JSON in which no value can become template syntax. */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('{{', '\\u007b\\u007b');
}

const TEMPLATE_CALL = /\{\{template "(card|call|agent)"(?: "([^"]*)")?\}\}/g;

/** The same text with what KrakenD puts in the place of the templates' calls. */
export function withTemplatesCalled(text: string): string {
  return text.replaceAll(TEMPLATE_CALL, (_, name: 'card' | 'call' | 'agent', parameter?: string) =>
    membersOf(called(name, parameter)),
  );
}

function called(name: 'card' | 'call' | 'agent', parameter = ''): object {
  switch (name) {
    case 'card':
      return { ...CARD, extra_config: { ...CARD_MODIFIERS, ...(parameter !== '' && pathParameter(parameter)) } };
    case 'call':
      return CALL;
    case 'agent':
      return agentMembers(parameter, parameter.replace(/^https?:\/\//, ''));
  }
}

function membersOf(members: object): string {
  return JSON.stringify(members).slice(1, -1);
}
