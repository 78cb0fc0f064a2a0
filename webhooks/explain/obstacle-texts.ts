import type { ObjectName, Unreachable } from '../../controllers/endpoint.ts';
import { titleOf } from '../evaluate/object-name.ts';
import { type Context, causeText, rulePlaces, saidBy, settingName, withPlace } from './context.ts';
import type { Obstacle } from './explanation.ts';
import { settingOf } from './setting.ts';
import { valueAt } from './value-at.ts';

/** Why there is no way to call a resource, in the words of whom it concerns, and what to do. */
export function obstacleOf(endpoint: Unreachable, about: ObjectName, context: Context): Obstacle {
  const { reason, because } = endpoint;
  const cause = because === undefined ? '' : `, ${causeText(because, about, context)}`;
  const { why, toChange } = textsOf(endpoint, { about, cause, context });
  return { reason, why: saidBy(why, context), toChange: toChange && saidBy(toChange, context) };
}

interface Told {
  readonly about: ObjectName;
  readonly cause: string;
  readonly context: Context;
}

interface Texts {
  readonly why: string;
  readonly toChange?: string | undefined;
}

function textsOf(endpoint: Unreachable, told: Told): Texts {
  const { cause } = told;
  switch (endpoint.reason) {
    case 'NotExposed':
      return notExposed(endpoint, cause);
    case 'NotSelected':
      return { why: `no gateway serves it, as its labels are not selected${cause}`, toChange: selecting(told) };
    case 'GatewayDisabled':
      return {
        why: `routes are turned off${cause}`,
        toChange: 'set GATEWAY_API_ENABLED to true, with GATEWAY_NAME and GATEWAY_NAMESPACE',
      };
    case 'AgentRoutesDisabled':
      return { why: `routes straight to agents are turned off${cause}`, toChange: 'set AGENT_ROUTES_ENABLED to true' };
    case 'AccessDenied':
      return {
        why: `nobody may call it${cause}`,
        toChange: 'put a rule before that one which lets callers in, or change it',
      };
    case 'AccessWithheld':
      return { why: withheld(endpoint, told.context) };
    case 'InvalidName':
      return {
        why: messageOr(endpoint, 'its name is not valid'),
        toChange: 'make it again under a shorter name without dots',
      };
    case 'Deleting':
      return { why: `it is being deleted${cause}` };
    case 'AgentLeftOut':
    case 'NoDirectRoute':
      return leftOut(endpoint, told);
    default:
      return ofGateway(endpoint, told);
  }
}

function notExposed({ because }: Unreachable, cause: string): Texts {
  const field = because?.by === 'field' ? because.field : 'spec.exposed';
  const orElse = field === 'spec.exposed' ? '' : ', or remove it';
  return { why: `it is not exposed${cause}`, toChange: `set ${field} to true${orElse}` };
}

function selecting({ context, about }: Told): string {
  const { value = '' } = settingOf('AGENT_GATEWAY_AGENT_SELECTOR', context.given);
  const labels = context.find(about)?.object.metadata.labels ?? {};
  const own = Object.entries(labels).map(([name, text]) => `${name}=${text}`);
  return `give it labels that ${value} selects; it has ${own.length === 0 ? 'none' : own.join(', ')}`;
}

function withheld({ because, message }: Unreachable, context: Context): string {
  const places = because?.by === 'rule' ? rulePlaces(because.rules, context) : undefined;
  return `nobody may call it: ${withPlace(message ?? '', places)}`;
}

function messageOr({ message }: Unreachable, otherwise: string): string {
  return message ?? otherwise;
}

/** The agent's address is written by whoever runs the agent. */
function leftOut(endpoint: Unreachable, { about, cause, context }: Told): Texts {
  const { because, gateway } = endpoint;
  const at = gateway === undefined ? 'no route leads straight to it' : `${titleOf(gateway)} leaves it out`;
  const why = `${at}: ${endpoint.message}`;
  if (because?.by === 'setting') {
    return { why, toChange: `raise ${settingName(because.name, context)}, or select fewer agents` };
  }
  const url = valueAt(context.find(about)?.object, 'status.url');
  return because?.by === 'field' && because.field === 'status.url'
    ? {
        why: url === undefined ? why : `${why}${cause}`,
        toChange:
          url === undefined
            ? 'wait until the agent runtime operator has written status.url; if it does not, see why it does not start the agent'
            : 'let the agent runtime operator write an address that can be used: see spec.protocols',
      }
    : { why: `${why}${cause}`, toChange: 'make it again under a name that can be used' };
}

/** Why an AgentGateway has no pods: its own class, spec or name. */
function ofGateway(endpoint: Unreachable, { cause, context }: Told): Texts {
  const { gateway, reason, message = '' } = endpoint;
  const which = gateway === undefined ? '' : titleOf(gateway);
  const classController = settingOf('AGENT_GATEWAY_CLASS_CONTROLLER', context.given).value;
  switch (reason) {
    case 'ClassOfAnother':
      return message === ''
        ? {
            why: `${which} is not made by this service, as its class is for another controller${cause}`,
            toChange: `let ${which} name an AgentGatewayClass whose spec.controller is ${classController}`,
          }
        : {
            why: `${which} is not made by this service: ${message}`,
            toChange: 'correct spec.controller of the AgentGatewayClass, or name another class',
          };
    case 'ClassNotFound':
      return {
        why: `${which} is not made: ${message}`,
        toChange: 'correct spec.agentGatewayClassName, or make the class',
      };
    case 'NameConflict':
      return { why: `${which} is not made: ${message}` };
    case 'Guardrails':
      return {
        why: `${which} is not made: ${message}${cause}`,
        toChange: 'remove spec.guardrails, or set AGENT_GATEWAY_GUARDRAILS to warn',
      };
    case 'TooLarge':
      return {
        why: `${which} has no pods yet: ${message}${cause}`,
        toChange: 'raise AGENT_GATEWAY_CONFIG_LIMIT_KIB, or shorten the access rules',
      };
    case 'Collecting':
    case 'Empty':
    case 'UnderWay':
      return { why: `${which} waits: ${message}`, toChange: 'wait some seconds' };
    default:
      return { why: `${reason}: ${message}${cause}` };
  }
}
