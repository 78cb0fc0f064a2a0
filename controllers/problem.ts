/** The reasons of problems: why something was not done as the user asked. The reference pages print them. */
export const PROBLEM_REASONS = {
  InvalidObject: 'An observed or related object does not fit its schema and is ignored.',
  InvalidTimeout:
    'spec.gatewayRoute.timeout, or spec.timeout of an AgentGateway, is not valid. The default is used. For a route, the annotation agent-gateway-hooks/problem has the refused value.',
  TimeoutNotSupported:
    'The route has no timeout, because the GatewayClass does not list HTTPRouteRequestTimeout or because GATEWAY_TIMEOUTS is never. The same annotation says so.',
  InvalidName:
    'The name has a dot, or more than 63 characters with its prefix, so it is not a valid Service name and the child is not created.',
  NoDirectRoute:
    'No route can lead from the Gateway straight to an exposed Agent of the agent runtime, so its calls do not stream.',
  PartNotSent: 'A part of the status.url of an exposed Agent, a query or a user name, is not sent to it.',
  AccessPending: 'The route is closed, because the gateway has not accepted its policies yet, or does not take them.',
  PolicyConflict: 'Another policy of Envoy Gateway is for the same route, and only the older one holds.',
  CorsNotSupported: 'Browsers cannot call the route, although the access rules have cors.',
  UnknownAnnotation:
    'An annotation with the prefix agent-gateway-hooks/ has no effect on this object: it is misspelt, or for another kind.',
  AgentLeftOut: 'A gateway does not serve this exposed agent.',
  ConfigNearlyFull: 'The agents of a gateway take four fifths of the limit of its configuration, or more.',
  AccessWithheld:
    'An access rule demands something that cannot be enforced, so nobody may call the resource: it has no route or endpoint.',
  FromNotEnforced:
    'The from of an access rule cannot be enforced for a resource. The token that the rule also demands is.',
  NoGatewayAddress: 'A foreign ConfigMap keeps the KAOS runtime from learning the address of the Gateway.',
  GatewayProblem: 'Another problem in the conditions of an AgentGateway.',
  RuntimeProblem: 'A problem in the conditions of a KAOS resource that this service runs.',
} as const;

export type ProblemReason = keyof typeof PROBLEM_REASONS;

/** A user's mistake, to report. It does not affect the rest of an answer. */
export interface Problem {
  readonly reason: ProblemReason;
  /** The object with the problem, as `Kind namespace/name`. */
  readonly about: string;
  /** Field, value and what is expected, in one sentence without line breaks. */
  readonly message: string;
}
