import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { callerAddress } from '../authentication/caller-address.ts';

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** Answers that the caller does not have yet. */
  readonly answers: Set<ServerResponse>;
}

/**
 * Connections by address and port of the caller, the least recently used first. A TLS connection has two sockets, which
 * share address and port.
 */
type Connections = Map<string, Connection>;

/**
 * Holds a server to a number of connections. A further one takes the place of an idle one, or else of one whose caller does not
 * read its answers, so that callers who hold connections keep nobody else out. Only if all others wait for an answer is the
 * new one closed.
 */
export function limitConnections(server: Server, most: number): void {
  const open: Connections = new Map();
  server.on('connection', (socket: Socket) => {
    const address = callerAddress(socket);
    if (address === undefined || (open.size >= most && !closeOne(open))) {
      socket.destroy();
      return;
    }
    const key = keyOf(socket);
    open.set(key, { socket, address, answers: new Set() });
    socket.once('close', () => open.delete(key));
  });
  server.on('request', ({ socket }, response) => {
    const key = keyOf(socket);
    const connection = open.get(key);
    if (connection !== undefined) {
      connection.answers.add(response);
      response.once('close', () => endCall(open, key, response));
    }
  });
}

function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Moves the connection to the end of the map, as the one that was used last. */
function endCall(open: Connections, key: string, answer: ServerResponse): void {
  const connection = open.get(key);
  if (connection !== undefined) {
    connection.answers.delete(answer);
    open.delete(key);
    open.set(key, connection);
  }
}

/** Whether the service owes a connection no answer. It may have sent answers that the caller has not read. */
function isAnswered({ answers }: Connection): boolean {
  return [...answers].every(({ writableEnded }) => writableEnded);
}

/** Closes a connection to which no answer is owed, of the address that has the most. Returns whether there was one. */
function closeOne(open: Connections): boolean {
  const counts = new Map<string, number>();
  for (const { address } of open.values()) {
    counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  const countOf = ({ address }: Connection) => counts.get(address) ?? 0;
  const answered = [...open].filter(([, connection]) => isAnswered(connection));
  const idle = answered.filter(([, { answers }]) => answers.size === 0);
  const [first] = (idle.length > 0 ? idle : answered).toSorted(([, one], [, other]) => countOf(other) - countOf(one));
  if (first === undefined) {
    return false;
  }
  const [key, { socket }] = first;
  open.delete(key);
  socket.destroy();
  return true;
}
