import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Controller, Snapshot } from '../../controllers/contract.ts';
import { answerCustomize, answerSync, type Failure, failureText } from '../answer.ts';
import { type CallReport, closeReport, openReport, report } from '../observability/call-report.ts';
import type { Metrics } from '../observability/metrics.ts';
import { traceContext } from '../observability/trace-context.ts';
import type { ServiceSettings } from '../settings/settings.ts';
import type { CustomizeRequest } from '../wire/customize.ts';
import { parentIdentity } from '../wire/parent-identity.ts';
import { SYNC_FORMS } from '../wire/sync-forms.ts';
import { readValid } from '../wire/sync-request.ts';
import { desiredChildren } from '../wire/sync-response.ts';
import { isOtherBuild, resyncForBuild } from './build.ts';
import { forgetConnectionEnd, onConnectionEnd } from './connection-end.ts';
import { refuse } from './errors.ts';
import { asJson, customizeSchema, syncSchema } from './hook-schemas.ts';
import { isLargeBody, type limitLoad } from './overload.ts';

/** What each hook route needs besides its controller. */
export interface HookContext {
  readonly settings: ServiceSettings;
  readonly metrics: Metrics;
  readonly limits: ReturnType<typeof limitLoad>;
  /** The current time in Kubernetes's format, in whole seconds: `2026-01-01T00:00:00Z`. */
  readonly now: () => string;
}

/** Adds `POST /<controller>/sync` for each controller, and `/<controller>/customize` if the controller has that hook. */
export function hookRoutes(app: FastifyInstance, controllers: readonly Controller[], context: HookContext): void {
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  for (const controller of controllers) {
    const path = `/${controller.name}`;
    const sync = around(controller, 'sync', context);
    const form = SYNC_FORMS[controller.type];
    typed.post(`${path}/sync`, { ...sync, schema: syncSchema(controller, form) }, (request, reply) => {
      const reading = readValid(form, request.body, context.now());
      return reading.outcome === 'refused'
        ? refuse(reply, 400, reading.text)
        : handleSync(controller, reading.snapshot, { request, reply, context });
    });
    if (controller.customize) {
      const customize = around(controller, 'customize', context);
      typed.post(`${path}/customize`, { ...customize, schema: customizeSchema(controller) }, (request, reply) =>
        handleCustomize(controller, request.body, { request, reply, context }),
      );
    }
  }
}

/** The caller closed the connection before the answer. The code comes from nginx. */
const CLIENT_CLOSED = 499;

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: HookContext;
}

function handleSync(
  controller: Controller,
  snapshot: Snapshot<unknown>,
  { request, reply, context }: Exchange,
): unknown {
  report(request, { parent: parentIdentity(snapshot.parent) });
  const answer = answerSync(controller, snapshot, context.settings.controllers);
  if (answer.outcome !== 'answered') {
    return sendFailure(answer, reply);
  }
  report(request, {
    children: desiredChildren(answer.reply).length,
    problems: answer.reply.problems,
    access: answer.reply.access ?? {},
    ...(answer.reply.outcome === 'release' && { released: answer.reply.reason }),
  });
  if (!isOtherBuild(request.query, context.settings.server.build)) {
    return answer.response;
  }
  context.metrics.staleBuilds.inc();
  return resyncForBuild(answer.response);
}

function handleCustomize(
  controller: Controller,
  call: CustomizeRequest,
  { request, reply, context }: Exchange,
): unknown {
  report(request, { parent: parentIdentity(call.parent) });
  const answer = answerCustomize(controller, call, context.settings.controllers);
  return answer.outcome === 'answered' ? answer.response : sendFailure(answer, reply);
}

function sendFailure(answer: Failure, reply: FastifyReply): FastifyReply {
  if (answer.outcome === 'refused') {
    return refuse(reply, 400, failureText(answer, 'request'));
  }
  report(reply.request, { violations: answer.violations });
  return reply.code(500).type('text/plain').send('the answer broke a rule of the guard; see the log');
}

/**
 * The Fastify hooks of a route. They apply the load limits, and write the log line and the metrics of each call, even if
 * the body was refused or did not arrive.
 */
function around({ name }: Controller, hook: CallReport['hook'], context: HookContext) {
  const {
    settings,
    metrics,
    limits: { admit, release },
  } = context;
  const end = (request: FastifyRequest, code: number, ms: number | undefined) => {
    forgetConnectionEnd(request);
    closeReport(request, { code, ms }, metrics);
    release(request);
  };
  const open = async (request: FastifyRequest) => {
    openReport(request, { controller: name, hook, trace: traceContext(request.headers['traceparent']) });
    if (isLargeBody(request, settings.server)) {
      metrics.largeBodies.inc({ controller: name, hook });
    }
    onConnectionEnd(request, () => end(request, CLIENT_CLOSED, undefined));
  };
  return {
    serializerCompiler: asJson,
    onRequest: [open, admit],
    onResponse: async (request: FastifyRequest, reply: FastifyReply) =>
      end(request, reply.statusCode, reply.elapsedTime),
    onRequestAbort: async (request: FastifyRequest) => end(request, CLIENT_CLOSED, undefined),
  };
}
