import { CARD_MODIFIERS, PATH_IN_CARD } from './card-script.ts';
import type { Guard } from './guard.ts';

/** One of KrakenD's endpoints, reduced to what differs between them: https://www.krakend.io/docs/endpoints/ */
export interface KrakendEndpoint {
  readonly endpoint: string;
  readonly kind: 'card' | 'call';
  /** The path in a card, if it is another than the one at which the card is. It is the id of an agent. */
  readonly path_in_card?: string;
  /** Scheme, host and port of the agent. They are letters, digits and `.:/_-` alone, so they cannot be template syntax. */
  readonly host: string;
  readonly url_pattern: string;
  /** The name of what it demands of callers, if it demands something. */
  readonly guard?: string;
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

/** If the access rules say which pages may call, agents do not: browsers refuse an answer with two origins. */
const ABOUT_PAGES = [
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Origin',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

/** Setting a length that is not a number is an error, so nothing of the answer is passed on. KrakenD logs the text. */
const ERROR = { name: 'Content-Length', value: 'the agent redirected the call to another host' };

/**
 * KrakenD follows an agent's redirects, and its Community edition cannot be told not to. But the answer of another host than
 * the agent's is replaced by an error: docs/decisions/0034-redirects-of-agents.md.
 */
function agentMembers(host: string, authority: string, leftOut: readonly string[]): object {
  const scope = ['response'];
  const filter = {
    scope,
    host: authority,
    modifier: { 'header.Blacklist': { scope, names: leftOut } },
    else: { 'header.Modifier': { scope, ...ERROR } },
  };
  return { host: [host], extra_config: { 'modifier/martian': { 'url.Filter': filter } } };
}

/** KrakenD's method of the endpoints of each kind. */
export const METHODS = { card: 'GET', call: 'POST' } as const;

const CALL = { method: METHODS.call, ...UNCHANGED };

const CARD = { method: METHODS.card, ...UNCHANGED };

/** The script finds the path in the data of the answer. */
function pathParameter(pathInCard: string): object {
  return { proxy: { static: { strategy: 'success', data: { [PATH_IN_CARD]: pathInCard } } } };
}

/**
 * The members of a card's endpoint in a template whose parameter is the path in the card, or nothing. Its `extra_config` is still open
 * at the end, for what else it has.
 */
function openCardTemplate(): string {
  const parameter = `{{ with . }},${membersOf(pathParameter('{{ . }}'))}{{ end }}`;
  return `${membersOf(CARD)},"extra_config":{${membersOf(CARD_MODIFIERS)}${parameter}`;
}

/** What endpoints have in common is written once, as Go templates, because each agent has up to four endpoints. */
export function endpointTemplates(hasCors: boolean): string {
  const leftOut = hasCors ? [...LEFT_OUT, ...ABOUT_PAGES] : LEFT_OUT;
  const agent = agentMembers('{{ . }}', '{{ . | trimPrefix `http://` | trimPrefix `https://` }}', leftOut);
  return [
    define('card', `${openCardTemplate()}}`),
    define('call', membersOf(CALL)),
    define('agent', membersOf(agent)),
  ].join('');
}

/** The templates of endpoints that demand something of callers: what each guard demands is written once. None without guards. */
export function guardTemplates(guards: readonly Guard[]): string {
  const ofGuards = guards.flatMap(({ name, blocks }) => {
    const access = `{{template "access-${name}"}}`;
    return [
      define(`access-${name}`, escapedJson(blocks).slice(1, -1)),
      define(`card-${name}`, `{{template "open-card" .}},${access}}`),
      // Without the blank, the brace would be a part of the template's syntax.
      define(`call-${name}`, `${membersOf(CALL)},"extra_config":{ ${access}}`),
    ];
  });
  return guards.length === 0 ? '' : [define('open-card', openCardTemplate()), ...ofGuards].join('');
}

function define(name: string, text: string): string {
  return `{{ define "${name}" }}${text}{{ end }}`;
}

/** An endpoint in `krakend.json`, with calls of the templates. */
export function endpointText({ endpoint, kind, path_in_card, host, url_pattern, guard }: KrakendEndpoint): string {
  const backend = `{"url_pattern":${escapedJson(url_pattern)},{{template "agent" ${escapedJson(host)}}}}`;
  const parameter = path_in_card === undefined ? '' : ` ${escapedJson(path_in_card)}`;
  const name = guard === undefined ? kind : `${kind}-${guard}`;
  return `{"endpoint":${escapedJson(endpoint)},{{template "${name}"${parameter}}},"backend":[${backend}]}`;
}

/** JSON in which no value can become template syntax. */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('{{', '\\u007b\\u007b');
}

const TEMPLATE_CALL = /\{\{template "(card|call|agent)(?:-([0-9a-f]+))?"(?: "([^"]*)")?\}\}/g;
const ACCESS_TEMPLATE = /\{\{ define "access-([0-9a-f]+)" \}\}(.*?)\{\{ end \}\}/gs;

/** The same text with what KrakenD puts in the place of the templates' calls. A call of a guard that is not defined stays. */
export function withTemplatesCalled(text: string): string {
  return withCallsReplaced(text, called);
}

/** The same with only those members of the templates that are read back: all of them are megabytes, because each card has a script. */
export function withTemplatesRead(text: string): string {
  return withCallsReplaced(text, readBack);
}

/** The members that the guards of a text demand, by the names of the guards. */
export function membersOfGuards(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(ACCESS_TEMPLATE)].map(([, name = '', members = '']) => [name, members]));
}

function withCallsReplaced(text: string, fill: (kind: TemplateKind, filling: Filling) => string): string {
  const guards = membersOfGuards(text);
  return text.replaceAll(TEMPLATE_CALL, (call, ...matched) => {
    const [kind, guard, parameter = ''] = matched as [TemplateKind, string?, string?];
    const access = guard === undefined ? '' : guards.get(guard);
    return access === undefined ? call : fill(kind, { parameter, access });
  });
}

type TemplateKind = 'card' | 'call' | 'agent';

interface Filling {
  /** Empty for none. */
  readonly parameter: string;
  /** What the endpoint demands of callers, as members; empty for nothing. */
  readonly access: string;
}

function called(kind: TemplateKind, { parameter, access }: Filling): string {
  const inCard = parameter === '' ? '' : membersOf(pathParameter(parameter));
  switch (kind) {
    case 'card':
      return [membersOf(CARD), extraConfig([membersOf(CARD_MODIFIERS), inCard, access])].join();
    case 'call':
      return access === '' ? membersOf(CALL) : [membersOf(CALL), extraConfig([access])].join();
    case 'agent':
      return membersOf(agentMembers(parameter, parameter.replace(/^https?:\/\//, ''), LEFT_OUT));
  }
}

function readBack(kind: TemplateKind, { parameter, access }: Filling): string {
  switch (kind) {
    case 'card':
      return `"method":"${CARD.method}",${extraConfig([access])}`;
    case 'call':
      return `"method":"${CALL.method}",${extraConfig([access])}`;
    case 'agent':
      return `"host":[${JSON.stringify(parameter)}]`;
  }
}

function extraConfig(members: readonly string[]): string {
  return `"extra_config":{${members.filter((each) => each !== '').join()}}`;
}

function membersOf(members: object): string {
  return JSON.stringify(members).slice(1, -1);
}
