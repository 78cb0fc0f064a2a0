import type { Demand, Jwt, Limit } from '../../access/access-rules.ts';
import { ACCESS_ALGORITHMS, LIMIT_UNITS } from '../../access/access-rules.ts';
import { type Static, Type, Value } from '../../typebox.ts';
import { type AccessBlocks, EVERY } from './access-blocks.ts';

const Validator = Type.Object({
  alg: Type.String(),
  jwk_url: Type.String(),
  issuer: Type.String(),
  audience: Type.Array(Type.String()),
  scopes: Type.Optional(Type.Array(Type.String())),
  scopes_matcher: Type.Optional(Type.String()),
  propagate_claims: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.String()]))),
});

const Rate = Type.Object({
  every: Type.String(),
  max_rate: Type.Optional(Type.Integer()),
  client_max_rate: Type.Optional(Type.Integer()),
  strategy: Type.Optional(Type.String()),
  key: Type.Optional(Type.String()),
});

/** The demand that these blocks meet: the way back from `krakendDemand`. A limit by a claim comes back as one by its header. */
export function demandIn(blocks: AccessBlocks): Omit<Demand, 'from'> {
  const validator = blocks['auth/validator'];
  const rate = blocks['qos/ratelimit/router'];
  return {
    ...(Value.Check(Validator, validator) && { jwt: jwtIn(validator) }),
    ...(Value.Check(Rate, rate) && { limit: limitIn(rate) }),
  };
}

function jwtIn(validator: Static<typeof Validator>): Jwt {
  const { alg, jwk_url, issuer, audience, scopes, scopes_matcher, propagate_claims: claims = [] } = validator;
  const algorithm = ACCESS_ALGORITHMS.find((each) => each === alg);
  return {
    issuer,
    jwksUri: jwk_url,
    audiences: audience,
    ...(algorithm && { algorithm }),
    ...(scopes && { scopes: { [scopes_matcher === 'all' ? 'all' : 'any']: scopes } }),
    ...(claims.length > 0 && { claimHeaders: Object.fromEntries(claims) }),
  };
}

function limitIn({ every, max_rate, client_max_rate, strategy, key = '' }: Static<typeof Rate>): Limit {
  const by = strategy === 'ip' ? 'address' : `header:${key}`;
  return {
    requests: max_rate ?? client_max_rate ?? 0,
    per: LIMIT_UNITS.find((unit) => EVERY[unit] === every) ?? 'second',
    by: strategy === undefined ? 'all' : by,
  };
}
