import { pythonStringImage } from './kaos-images.ts';
import { type Pod, runPod } from './pods.ts';
import { isAnswered } from './probes.ts';
import { runPython } from './python.ts';

/** A call of a tool: its name and arguments. */
export type ToolCall = readonly [string, object];

interface Seen {
  readonly probes: { readonly liveness: boolean; readonly readiness: boolean };
  readonly tools: readonly string[];
  readonly answers: readonly unknown[];
}

/** Runs the pod of an MCPServer with the runtime python-string, calls its tools, and ends it. */
export async function runPythonString(pod: Pod, calls: readonly ToolCall[]): Promise<Seen> {
  const { image, args, livenessProbe, readinessProbe } = pod.container;
  if (args !== undefined) {
    throw new Error(`${pod.name}: ${args.join(' ')} replaces the image's own program; expected no args`);
  }
  const running = await runPod(pod, { images: { [image]: pythonStringImage }, objects: [] });
  try {
    const probes = { liveness: await isAnswered(pod, livenessProbe), readiness: await isAnswered(pod, readinessProbe) };
    return {
      probes,
      ...JSON.parse(await runPython('mcp_call.py', `http://${pod.ip}:8000/mcp`, JSON.stringify(calls))),
    };
  } finally {
    await running.stop();
  }
}
