import { Type } from '../../controllers/typebox.ts';
import { duration, hostname, hostnames } from './variable-forms.ts';

/** The variables of the routes straight to Agents of the agent runtime. */
export const agentRoutesVariables = {
  AGENT_ROUTES_ENABLED: Type.Boolean({
    default: false,
    description:
      'Make an HTTPRoute from the Gateway straight to the Service of each exposed Agent of the agent runtime, so that its calls stream. Needs GATEWAY_API_ENABLED. If you turn this off, the routes are removed, but with the chart the controller goes first and leaves them: docs/streams.md.',
  }),
  AGENT_ROUTES_HOSTNAMES: Type.Optional(
    Type.Array(Type.String(hostname), {
      ...hostnames,
      description: 'Hostnames of these routes, separated by commas. Unset or empty means those of GATEWAY_HOSTNAMES.',
    }),
  ),
  AGENT_ROUTES_TIMEOUT: Type.String({
    ...duration,
    default: '0s',
    description: 'Request timeout of these routes, unless GATEWAY_TIMEOUTS is never. A stream is one request.',
  }),
};
