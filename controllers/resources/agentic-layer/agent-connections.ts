import { Type } from '@sinclair/typebox';
import { objectReference } from '../../kubernetes/crd/object-reference.ts';

/** An entry of `spec.subAgents`. That it has one of agentRef and url is for the agent runtime to check. */
export const SubAgent = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'What this agent calls the other one.' }),
    agentRef: Type.Optional(objectReference('The other agent, where it is an Agent of this cluster.')),
    url: Type.Optional(
      Type.String({ format: 'uri', description: 'Address of its agent card, where it is elsewhere.' }),
    ),
    interactionType: Type.Optional(
      Type.Union([Type.Literal('transfer'), Type.Literal('tool_call')], {
        default: 'tool_call',
        description: 'Whether it is called like a tool (tool_call) or takes the conversation over (transfer).',
      }),
    ),
  },
  { description: 'Another agent that this one may call; either agentRef or url says which.' },
);

const ToolUpstream = Type.Object(
  {
    toolRouteRef: Type.Optional(
      objectReference("A ToolRoute, which leads through a gateway; in the agent's namespace if none is named."),
    ),
    toolServerRef: Type.Optional(
      objectReference("A ToolServer, called without a gateway; in the agent's namespace if none is named."),
    ),
    external: Type.Optional(
      Type.Object(
        {
          url: Type.String({ format: 'uri', pattern: '^https?://.+', description: 'Address of the MCP server.' }),
        },
        { description: 'An MCP server elsewhere, called without a gateway.' },
      ),
    ),
  },
  {
    description: 'Where the MCP server is; exactly one of the three.',
    'x-kubernetes-validations': [
      {
        rule: '(has(self.toolRouteRef) ? 1 : 0) + (has(self.toolServerRef) ? 1 : 0) + (has(self.external) ? 1 : 0) == 1',
        message: 'set one of toolRouteRef, toolServerRef and external, and no other',
      },
    ],
  },
);

/** An entry of `spec.tools`. */
export const Tool = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'What the agent calls the tool; each has its own name.' }),
    upstream: ToolUpstream,
    propagatedHeaders: Type.Optional(
      Type.Array(Type.String({ description: 'Name of a header, in upper or lower case.' }), {
        description: 'Headers of a call to the agent that it passes on to the tool; none where it is not set.',
      }),
    ),
  },
  { description: 'A tool that the agent may use, over the Model Context Protocol.' },
);
