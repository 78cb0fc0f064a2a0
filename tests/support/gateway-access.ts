import type { AccessRule } from '../../controllers/access/access-rules.ts';
import { JWT } from './access.ts';
import { agent, sync } from './gateways.ts';

export const OTHER_JWT = { ...JWT, audiences: ['chats'] };
export const FROM = { namespaces: ['frontend', 'batch'] };
export const AGENTS = [agent('a/one'), agent('b/two')];

export const forGateway = (rule: AccessRule): AccessRule => ({ match: { kinds: ['AgentGateway'] }, ...rule });
export const forOne = (rule: AccessRule): AccessRule => ({ match: { kinds: ['Agent'], names: ['one'] }, ...rule });
export const answer = (...rules: AccessRule[]) => sync({ related: AGENTS, rules: { rules } });
