import { objectReference } from '../../kubernetes/crd/object-reference.ts';
import { Type } from '../../typebox.ts';

/** An entry of `spec.subAgents`. The agent runtime checks that it has one of agentRef and url. */
export const SubAgent = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      example: 'helper',
      description: 'Name by which this agent knows the other one.',
    }),
    agentRef: Type.Optional(objectReference('Reference to the other agent, if it is an Agent in this cluster.')),
    url: Type.Optional(
      Type.String({
        format: 'uri',
        example: 'https://agents.example.com/helper/.well-known/agent-card.json',
        description: 'URL of the agent card of the other agent, if it is not an Agent in this cluster.',
      }),
    ),
    interactionType: Type.Optional(
      Type.Union([Type.Literal('transfer'), Type.Literal('tool_call')], {
        default: 'tool_call',
        description:
          'How this agent uses the other one: it calls it like a tool (tool_call) or hands the conversation over (transfer).',
      }),
    ),
  },
  { description: 'Another agent that this one may call. Set either agentRef or url.' },
);

const ToolUpstream = Type.Object(
  {
    toolRouteRef: Type.Optional(objectReference("ToolRoute through a gateway. Its namespace defaults to the agent's.")),
    toolServerRef: Type.Optional(
      objectReference("ToolServer to call without a gateway. Its namespace defaults to the agent's."),
    ),
    external: Type.Optional(
      Type.Object(
        {
          url: Type.String({
            format: 'uri',
            pattern: '^https?://.+',
            example: 'https://tools.example.com/mcp',
            description: 'URL of the MCP server.',
          }),
        },
        { description: 'MCP server at any other URL, to call without a gateway.' },
      ),
    ),
  },
  {
    description: 'Location of the MCP server. Set exactly one of the three.',
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
    name: Type.String({
      minLength: 1,
      example: 'search',
      description: 'Name of the tool for the agent. Names must be unique.',
    }),
    upstream: ToolUpstream,
    propagatedHeaders: Type.Optional(
      Type.Array(Type.String({ description: 'Name of a header. Case does not matter.' }), {
        description: 'Headers that the agent copies from its own call to calls of the tool. Empty means none.',
      }),
    ),
  },
  { description: 'A tool that the agent may use over the Model Context Protocol.' },
);
