import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The Service in front of the replicas: it passes each new connection to a ready one, and can cut connections on the way. */
export interface Door {
  readonly port: number;
  /** Cuts the next body on the way to a replica, or the next answer on the way back, in the middle. */
  readonly cutNext: (way: Way) => void;
  readonly counts: () => DoorCounts;
  readonly close: () => void;
}

type Way = 'body' | 'answer';

interface DoorCounts {
  readonly connections: number;
  /** The connections for which there was no ready replica. */
  readonly withoutReplica: number;
  readonly cut: Readonly<Record<Way, number>>;
}

/** Smaller pieces are handshakes and alerts of TLS, and heads. */
const LEAST_CUT_BYTES = 600;

/** Opens the door. `target` names the port of a ready replica; undefined if there is none. */
export async function openDoor(target: () => number | undefined): Promise<Door> {
  const counts = { connections: 0, withoutReplica: 0, cut: { body: 0, answer: 0 } };
  const wanted: Record<Way, number> = { body: 0, answer: 0 };
  const open = new Set<Socket>();
  const server = createServer((caller) => {
    counts.connections += 1;
    const port = target();
    if (port === undefined) {
      counts.withoutReplica += 1;
      caller.on('error', () => undefined).destroy();
      return;
    }
    const replica = connect(port, '127.0.0.1');
    const both = [caller, replica];
    const end = () => {
      for (const socket of both) {
        socket.destroy();
        open.delete(socket);
      }
    };
    for (const socket of both) {
      open.add(socket);
      socket.setNoDelay(true).on('error', end).on('close', end);
    }
    pass(caller, replica, 'body');
    pass(replica, caller, 'answer');
  });
  /** TLS sends a large body in several pieces, so half of one piece is never a whole body. */
  const pass = (from: Socket, to: Socket, way: Way) =>
    from.on('data', (piece: Buffer) => {
      if (wanted[way] === 0 || piece.length < LEAST_CUT_BYTES) {
        write(from, to, piece);
        return;
      }
      wanted[way] -= 1;
      counts.cut[way] += 1;
      to.write(piece.subarray(0, piece.length / 2), () => {
        from.destroy();
        to.destroy();
      });
    });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    cutNext: (way) => {
      wanted[way] += 1;
    },
    counts: () => structuredClone(counts),
    close: () => {
      server.close();
      for (const socket of open) {
        socket.destroy();
      }
    },
  };
}

function write(from: Socket, to: Socket, piece: Buffer): void {
  if (!to.write(piece)) {
    from.pause();
    to.once('drain', () => from.resume());
  }
}
