import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { callerAddress } from '../access/caller-address.ts';

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** How many of its calls are not yet answered. */
  calls: number;
}

/**
 * Connections by address and port of the caller, the least recently used first. A TLS connection has two sockets, which
 * share address and port.
 */
type Connections = Map<string, Connection>;

/**
 * Holds a server to a number of connections. A further one takes the place of an idle one, so that callers who hold
 * connections and send nothing keep nobody else out; only if none is idle is the new one closed.
 */
export function limitConnections(server: Server, most: number): void {
  const open: Connections = new Map();
  server.on('connection', (socket: Socket) => {
    const address = callerAddress(socket);
    if (address === undefined || (open.size >= most && !closeIdle(open))) {
      socket.destroy();
      return;
    }
    const key = keyOf(socket);
    open.set(key, { socket, address, calls: 0 });
    socket.once('close', () => open.delete(key));
  });
  server.on('request', ({ socket }, response) => {
    const key = keyOf(socket);
    const connection = open.get(key);
    if (connection !== undefined) {
      connection.calls += 1;
      response.once('close', () => endCall(open, key));
    }
  });
}

function keyOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Moves the connection to the end of the map, as the one that was used last. */
function endCall(open: Connections, key: string): void {
  const connection = open.get(key);
  if (connection !== undefined) {
    connection.calls -= 1;
    open.delete(key);
    open.set(key, connection);
  }
}

/** Closes one idle connection, of the address that has the most connections. Returns whether there was one. */
function closeIdle(open: Connections): boolean {
  const counts = new Map<string, number>();
  for (const { address } of open.values()) {
    counts.set(address, (counts.get(address) ?? 0) + 1);
  }
  const countOf = ({ address }: Connection) => counts.get(address) ?? 0;
  const idle = [...open].filter(([, { calls }]) => calls === 0);
  const [first] = idle.toSorted(([, one], [, other]) => countOf(other) - countOf(one));
  if (first === undefined) {
    return false;
  }
  const [key, { socket }] = first;
  open.delete(key);
  socket.destroy();
  return true;
}
