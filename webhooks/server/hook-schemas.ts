import type { Controller } from '../../controllers/contract.ts';
import { type TSchema, Type } from '../../controllers/typebox.ts';
import { CustomizeRequest } from '../wire/customize.ts';
import { CustomizeResponseSchema } from '../wire/response-schemas.ts';
import type { SyncForm } from '../wire/sync-forms.ts';

/** The schemas of a hook: the body is checked, and all else is for the OpenAPI document. */
interface HookSchema<Body extends TSchema> {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly body: Body;
  readonly querystring: TSchema;
  readonly response: Readonly<Record<number, object>>;
}

/** Answers are written as they are. A serializer that is made from a schema would be slower, and drop fields that it does not know. */
export const asJson = () => (answer: unknown) => JSON.stringify(answer);

/** `type` is only shown: a value of any type is accepted, and so is the same name twice. */
const Query = Type.Object({
  build: Type.Optional(
    Type.Unknown({
      type: 'string',
      description:
        'The build that the caller expects. If it is not the build of the pod, the answer asks for a resync.',
    }),
  ),
});

/** The sync hook of a controller. */
export function syncSchema(controller: Controller, form: SyncForm): HookSchema<SyncForm['request']> {
  const children = controller.children.map(({ kind }) => kind).join(', ') || 'none';
  return {
    ...common(controller, 'sync'),
    summary: `Children and status of ${kindsOf(controller)}`,
    description: `Answers which children (${children}) a parent should have, and its status. Metacontroller calls it for each parent that changes, or whose children or related objects change.`,
    body: form.request,
    response: { 200: { ...form.response, description: 'The children and the status.' }, ...FAILURES },
  };
}

/** The customize hook of a controller. */
export function customizeSchema(controller: Controller): HookSchema<typeof CustomizeRequest> {
  return {
    ...common(controller, 'customize'),
    summary: `Related objects of ${kindsOf(controller)}`,
    description: 'Answers which other objects the next sync of the parent needs.',
    body: CustomizeRequest,
    response: { 200: { ...CustomizeResponseSchema, description: 'Rules that select objects.' }, ...FAILURES },
  };
}

function common({ name }: Controller, hook: 'sync' | 'customize') {
  return { operationId: `${name}-${hook}`, tags: [name], querystring: Query };
}

function kindsOf({ parents }: Controller): string {
  const groups = [...new Set(parents.map(({ apiVersion }) => apiVersion))];
  const kindsIn = (group: string) => parents.filter(({ apiVersion }) => apiVersion === group).map(({ kind }) => kind);
  return groups.map((group) => `${[...new Set(kindsIn(group))].join(', ')} of ${group}`).join(', ');
}

/** Every failure is one line of text, which Metacontroller puts into an Event of the parent. It then changes nothing. */
const FAILURES = {
  400: text('The body is not JSON, or a field does not fit its schema: the text names the field and what is expected.'),
  401: text('The caller has no valid token or client certificate.'),
  411: text('The call has no Content-Length.'),
  413: text('The body is larger than BODY_LIMIT_MIB, or would need more memory than PARSED_BODY_LIMIT_MIB.'),
  415: text('The content type is not application/json.'),
  429: text('A limit of calls, bytes or event loop delay is exceeded. Metacontroller calls again after a second.'),
  500: text(
    'A defect of this service. The log line of the call has the error, or the rule of the guard that the answer broke.',
  ),
};

function text(description: string) {
  return { description, content: { 'text/plain': { schema: Type.String() } } };
}
