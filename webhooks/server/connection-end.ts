import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** The callbacks of each connection's unanswered calls. */
const unanswered = new WeakMap<Socket, Map<FastifyRequest, () => void>>();

/**
 * Calls `end` if the connection of a call closes before the call is answered. Fastify runs neither `onResponse` nor
 * `onRequestAbort` for pipelined calls on a connection that closes.
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

/** Removes the callback of an answered call. */
export function forgetConnectionEnd(request: FastifyRequest): void {
  unanswered.get(request.raw.socket)?.delete(request);
}
