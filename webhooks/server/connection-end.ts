import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** What is to be done when a connection ends, by the call that was not answered until then. */
const unanswered = new WeakMap<Socket, Map<FastifyRequest, () => void>>();

/**
 * Tells when a call's connection ends before the call is answered. Of calls that were sent one after the other without
 * waiting, Fastify tells neither an answer nor an abort where the connection ends.
 */
export function onConnectionEnd(request: FastifyRequest, end: () => void): void {
  const { socket } = request.raw;
  const calls = unanswered.get(socket) ?? new Map<FastifyRequest, () => void>();
  if (!unanswered.has(socket)) {
    unanswered.set(socket, calls);
    socket.once('close', () => {
      for (const endCall of calls.values()) {
        endCall();
      }
    });
  }
  calls.set(request, end);
}

/** Drops what `onConnectionEnd` noted, once the call is answered. */
export function forgetConnectionEnd(request: FastifyRequest): void {
  unanswered.get(request.raw.socket)?.delete(request);
}
