import { once } from 'node:events';
import { connect } from 'node:net';

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: number };
  readonly tcpSocket?: { readonly port: number };
  readonly timeoutSeconds: number;
}

/** Probes a pod as a kubelet would: true if the kubelet would count it as a success. */
export async function isAnswered({ ip }: { readonly ip: string }, probe: Probe): Promise<boolean> {
  const { httpGet, tcpSocket } = probe;
  const signal = AbortSignal.timeout(probe.timeoutSeconds * 1000);
  if (httpGet) {
    const { status } = await fetch(`http://${ip}:${httpGet.port}${httpGet.path}`, { redirect: 'manual', signal });
    return status >= 200 && status < 400;
  }
  return tcpSocket !== undefined && connects({ host: ip, port: tcpSocket.port }, signal);
}

async function connects(address: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<true> {
  const socket = connect(address);
  try {
    await once(socket, 'connect', { signal });
    return true;
  } finally {
    socket.destroy();
  }
}
