import { AGE, ofCondition } from '../../kubernetes/crd/columns.ts';
import { type CrdDefinition, customResource } from '../../kubernetes/crd/definition.ts';
import { labelSelector } from '../../kubernetes/crd/label-selector.ts';
import { commonStatus } from '../../kubernetes/crd/status.ts';
import { Type } from '../../typebox.ts';
import { accessGrantReading } from './access-grant.ts';

const subject = Type.Object(
  {
    kind: Type.Union([Type.Literal('User'), Type.Literal('Group'), Type.Literal('Agent')], {
      description: 'Kind of the caller: User, Group or Agent.',
    }),
    name: Type.String({ minLength: 1, description: 'Name of the caller.' }),
  },
  { description: 'A caller.' },
);

const resource = Type.Object(
  {
    kind: Type.Optional(
      Type.Union(
        [Type.Literal('Agent'), Type.Literal('MCPServer'), Type.Literal('ModelAPI'), Type.Literal('MemoryStore')],
        { description: 'Kind of the resource.' },
      ),
    ),
    name: Type.Optional(Type.String({ description: 'Name of the resource, in the same namespace.' })),
    selector: Type.Optional(labelSelector('Selects resources by their labels, instead of kind and name.')),
  },
  { description: 'A resource that may be called.' },
);

const AccessGrantSpec = Type.Object(
  {
    subjects: Type.Array(subject, { minItems: 1, description: 'Who may call.' }),
    resources: Type.Array(resource, { minItems: 1, description: 'What they may call.' }),
  },
  { description: 'Desired grant.' },
);

export const accessGrantCrd: CrdDefinition = {
  kind: accessGrantReading,
  schema: customResource('Callers that may call resources of KAOS through the gateway. KAOS has the kind since 0.8.', {
    spec: AccessGrantSpec,
    status: Type.Object(commonStatus, { description: 'State of the grant.' }),
  }),
  columns: [
    {
      name: 'Enforced',
      type: 'string',
      jsonPath: ofCondition('Enforced', 'status'),
      description: 'Whether the grant is enforced.',
    },
    AGE,
    {
      name: 'Message',
      type: 'string',
      jsonPath: ofCondition('Enforced', 'message'),
      description: 'Why it is not enforced.',
      priority: 1,
    },
  ],
};
