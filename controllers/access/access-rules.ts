import { DNS_LABEL, LONGEST_DNS_LABEL, LONGEST_DNS_SUBDOMAIN } from '../kubernetes/values/names.ts';
import { type Static, Type } from '../typebox.ts';

/** The kinds that rules can name: every kind that gets a route or an endpoint. Two groups have a kind Agent. */
const ACCESS_KINDS = [
  'Agent',
  'Agent.kaos.tools',
  'Agent.runtime.agentic-layer.ai',
  'AgentGateway',
  'MCPServer',
  'MemoryStore',
  'ModelAPI',
] as const;

/** Signature algorithms that all gateways check. There is no `none`, and no algorithm whose key both sides share. */
export const ACCESS_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
] as const;

/** What becomes of the callers of a resource. `withheld`: it has a demand that cannot be met, so nobody may call. */
const ACCESS_STATES = ['open', 'guarded', 'denied', 'withheld'] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

export const LIMIT_UNITS = ['second', 'minute', 'hour', 'day'] as const;

const NAME_PATTERN = '^[a-z0-9*]([-a-z0-9.*]*[a-z0-9*])?$';
const CLAIM = '[A-Za-z0-9_-]{1,64}';
/** The names of claims that can become headers. */
export const CLAIM_NAME = new RegExp(`^${CLAIM}$`);
/** Names that begin with X- are free: a policy never overwrites a header of HTTP, nor one by which gateways and agents are told who calls. */
const HEADER = '[Xx]-(?!([Ff]orwarded|[Ee]nvoy|[Kk]aos|[Rr]eal-[Ii]p))[A-Za-z0-9-]{1,60}';
const HEADER_IN_WORDS = 'A header begins with X-, and does not begin with X-Envoy, X-Forwarded, X-Kaos or X-Real-Ip.';
const MOST_ITEMS = 64;
/** Texts go into policies, templates and expressions, of which the API server refuses those with control characters. */
const PRINTABLE = '^[^\\x00-\\x1f\\x7f]*$';
/** The API server refuses an answer in which two items of such a list are equal. */
const SET = { 'x-kubernetes-list-type': 'set' };
/** Scheme, host and port, path, query. A user and a password would be in every log. */
export const JWKS_URI =
  '^(https?)://([A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?)(?::([0-9]{1,5}))?(/[-A-Za-z0-9._~!$&()*+,;=:@%/]*)?(\\?[-A-Za-z0-9._~=&%]*)?$';

const names = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ pattern: NAME_PATTERN, maxLength: LONGEST_DNS_SUBDOMAIN, example: 'team-*' }), {
      minItems: 1,
      maxItems: MOST_ITEMS,
      description,
    }),
  );

const Match = Type.Object(
  {
    kinds: Type.Optional(
      Type.Array(Type.Union(ACCESS_KINDS.map((kind) => Type.Literal(kind))), {
        minItems: 1,
        description: 'Kinds of the resources. `Agent` is that of KAOS and that of the agent runtime.',
      }),
    ),
    namespaces: names('Their namespaces, with `*` for any text.'),
    names: names('Their names, with `*` for any text.'),
    labels: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        minProperties: 1,
        example: { tier: 'internal' },
        description: 'Labels that they all have. Whoever may change a resource may change its labels.',
      }),
    ),
  },
  { description: 'The resources that the rule is for. All parts must fit. Without it, the rule is for all resources.' },
);

const scopes = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ pattern: '^[!#-\\[\\]-~]{1,128}$', example: 'agents:call' }), {
      minItems: 1,
      maxItems: 16,
      description,
    }),
  );

/** What a token must be like: https://www.rfc-editor.org/rfc/rfc7519 */
const Jwt = Type.Object(
  {
    issuer: Type.String({
      pattern: PRINTABLE,
      minLength: 1,
      maxLength: 253,
      example: 'https://login.example.com/',
      description: 'The `iss` of the token, character by character.',
    }),
    jwksUri: Type.String({
      pattern: JWKS_URI,
      maxLength: 253,
      example: 'https://login.example.com/jwks.json',
      description: 'Where the gateway reads the keys of the issuer. http:// needs ACCESS_HTTP_JWKS.',
    }),
    audiences: Type.Array(Type.String({ pattern: PRINTABLE, minLength: 1, maxLength: 253, example: 'agents' }), {
      minItems: 1,
      maxItems: 8,
      description: 'The token must be for one of these.',
    }),
    algorithm: Type.Optional(
      Type.Union(
        ACCESS_ALGORITHMS.map((algorithm) => Type.Literal(algorithm)),
        { default: 'RS256', description: 'Algorithm of the signature.' },
      ),
    ),
    scopes: Type.Optional(
      Type.Object(
        {
          all: scopes('The token must have all of these scopes.'),
          any: scopes('The token must have one of these scopes.'),
        },
        { description: 'Scopes in the claim `scope` of the token, either `all` or `any`.' },
      ),
    ),
    claimHeaders: Type.Optional(
      Type.Record(
        Type.String(),
        Type.String({ pattern: `^${HEADER}$`, example: 'X-User', description: HEADER_IN_WORDS }),
        {
          minProperties: 1,
          maxProperties: 16,
          example: { sub: 'X-User' },
          description: `Claims of the token that the agent gets as headers. The header of a caller never reaches the agent. ${HEADER_IN_WORDS}`,
        },
      ),
    ),
  },
  { description: 'Callers need a token of this issuer in `Authorization: Bearer`.' },
);

const Limit = Type.Object(
  {
    requests: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'How many calls pass.' }),
    per: Type.Union(
      LIMIT_UNITS.map((unit) => Type.Literal(unit)),
      { description: 'The time in which they pass.' },
    ),
    by: Type.String({
      pattern: `^(all|address|header:${HEADER}|claim:${CLAIM})$`,
      example: 'claim:sub',
      description: `Whose calls are counted together: \`all\` calls, those of one client \`address\`, of one value of a \`header:X-Name\`, or of one \`claim:name\`. A caller can choose a header. ${HEADER_IN_WORDS}`,
    }),
  },
  { description: 'Further calls are refused. Each replica of a gateway counts on its own, and so does each path.' },
);

const From = Type.Object(
  {
    namespaces: Type.Array(
      Type.String({ pattern: `^${DNS_LABEL}$`, maxLength: LONGEST_DNS_LABEL, example: 'frontend' }),
      { minItems: 1, maxItems: MOST_ITEMS, description: 'Namespaces whose pods may connect.' },
    ),
  },
  {
    description: 'Who may connect to the pods of the resource, inside the cluster. Needs pods that this service makes.',
  },
);

const AccessRule = Type.Object({
  match: Type.Optional(Match),
  allow: Type.Optional(Type.Literal(true, { type: 'boolean', description: 'Everybody may call.' })),
  deny: Type.Optional(
    Type.Literal(true, { type: 'boolean', description: 'Nobody may call: there is no route at all.' }),
  ),
  jwt: Type.Optional(Jwt),
  limit: Type.Optional(Limit),
  from: Type.Optional(From),
});

const ORIGIN =
  '^(\\*|https?://(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?)$';
const Token = Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$" });
const HeaderNames = (description: string, preset: readonly string[]) =>
  Type.Optional(Type.Array(Token, { ...SET, maxItems: MOST_ITEMS, default: preset, description }));

/** Its parts have defaults: `wholeCors` fills them in. */
export const Cors = Type.Object(
  {
    origins: Type.Array(Type.String({ pattern: ORIGIN, maxLength: 253, example: 'https://chat.example.com' }), {
      ...SET,
      minItems: 1,
      maxItems: MOST_ITEMS,
      description:
        'Pages of these origins may call, such as `https://chat.example.com`, `https://*.example.com` or `*`.',
    }),
    methods: Type.Optional(
      Type.Array(Type.Union(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => Type.Literal(method))), {
        ...SET,
        minItems: 1,
        default: ['GET', 'POST', 'DELETE'],
        description: 'Methods that pages may use.',
      }),
    ),
    headers: HeaderNames('Headers that pages may send.', [
      'Accept',
      'Authorization',
      'Content-Type',
      'A2A-Extensions',
      'A2A-Version',
      'Last-Event-ID',
      'Mcp-Protocol-Version',
      'Mcp-Session-Id',
    ]),
    exposeHeaders: HeaderNames('Headers of the answer that pages may read.', ['Mcp-Session-Id', 'WWW-Authenticate']),
    credentials: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether browsers send cookies. It needs named origins.' }),
    ),
    maxAge: Type.Optional(
      Type.String({
        pattern: '^[1-9][0-9]{0,3}[hms]$',
        default: '12h',
        example: '12h',
        description: 'How long browsers keep the answer to a preflight.',
      }),
    ),
  },
  { description: 'Browsers whose pages come from elsewhere may call. Without it, they may not.' },
);

/** Who may call what: one list for every gateway. The first rule that fits decides. */
export const AccessRules = Type.Object({
  rules: Type.Optional(
    Type.Array(AccessRule, { maxItems: MOST_ITEMS, description: 'The first rule that fits a resource decides.' }),
  ),
  default: Type.Optional(
    Type.Union([Type.Literal('allow'), Type.Literal('deny')], {
      default: 'allow',
      description: 'What holds for resources that fit no rule.',
    }),
  ),
  cors: Type.Optional(Cors),
});

export type AccessRules = Static<typeof AccessRules>;
export type AccessRule = Static<typeof AccessRule>;
export type Jwt = Static<typeof Jwt>;
export type Limit = Static<typeof Limit>;
/** What a rule asks of callers. */
export type Demand = Pick<AccessRule, 'jwt' | 'limit' | 'from'>;
export type Cors = Static<typeof Cors>;
