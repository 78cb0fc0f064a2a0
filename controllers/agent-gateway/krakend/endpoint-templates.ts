/** One of KrakenD's endpoints, reduced to what differs between them: https://www.krakend.io/docs/endpoints/ */
export interface KrakendEndpoint {
  readonly endpoint: string;
  readonly kind: 'card' | 'call';
  /** Scheme, host and port of the agent. They are letters, digits and `.:/_-` alone, so they cannot be template syntax. */
  readonly host: string;
  readonly url_pattern: string;
}

/** `no-op` passes an answer on as it is. */
const UNCHANGED = { output_encoding: 'no-op', input_headers: ['*'] };

/** The card plugin takes any `X-Forwarded-Proto` for the scheme of the addresses in a card, so a wrong one is answered with 400. */
const ONLY_HTTP = [
  "local scheme = ctx.load():headers('X-Forwarded-Proto')",
  "if scheme ~= '' and scheme ~= 'http' and scheme ~= 'https' then",
  "custom_error('X-Forwarded-Proto must be http or https', 400) end",
].join(' ');

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

const KINDS = {
  card: { method: 'GET', ...UNCHANGED, extra_config: { 'modifier/lua-endpoint': { pre: ONLY_HTTP } } },
  call: { method: 'POST', ...UNCHANGED },
};

/** What endpoints have in common is written once, as Go templates, because each agent has up to four endpoints. */
export const TEMPLATES = [
  define('card', KINDS.card),
  define('call', KINDS.call),
  define('agent', agentMembers('{{ . }}', '{{ . | trimPrefix `http://` | trimPrefix `https://` }}')),
].join('');

function define(name: string, members: object): string {
  return `{{ define "${name}" }}${membersOf(members)}{{ end }}`;
}

/** An endpoint in `krakend.json`, with calls of the templates. */
export function endpointText({ endpoint, kind, host, url_pattern }: KrakendEndpoint): string {
  const backend = `{"url_pattern":${escapedJson(url_pattern)},{{template "agent" ${escapedJson(host)}}}}`;
  return `{"endpoint":${escapedJson(endpoint)},{{template "${kind}"}},"backend":[${backend}]}`;
}

/** JSON in which no value can become template syntax. */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('{{', '\\u007b\\u007b');
}

const CALL = /\{\{template "(card|call|agent)"(?: "([^"]*)")?\}\}/g;

/** The same text with what KrakenD puts in the place of the templates' calls. */
export function withTemplatesCalled(text: string): string {
  return text.replaceAll(CALL, (_, name: 'card' | 'call' | 'agent', host = '') =>
    membersOf(name === 'agent' ? agentMembers(host, host.replace(/^https?:\/\//, '')) : KINDS[name]),
  );
}

function membersOf(members: object): string {
  return JSON.stringify(members).slice(1, -1);
}
