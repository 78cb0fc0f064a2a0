import path from 'node:path';
import { agentImage, agentPackages } from '../cluster/support/agent-runtime.ts';
import { liteLlmImage, ordersImage, pythonStringImage } from '../cluster/support/kaos-images.ts';
import { krakendImage } from '../cluster/support/krakend.ts';
import type { Image } from '../cluster/support/pods.ts';
import { ROOT } from '../support/run.ts';
import type { ImageFinder } from './kubelet.ts';

const { PATH = '' } = process.env;

/** Addresses that programs need in place of what a cluster has. */
interface Around {
  /** The proxy that leads to Services. */
  readonly proxy: string;
  /** The port of the server that stands in for OpenAI. */
  readonly modelPort: number;
}

type Program = (ip: string) => Image;

/** The programs of this machine that stand in for images, by the repository of an image. */
export function imagesHere({ proxy, modelPort }: Around): ImageFinder {
  const network = { HTTP_PROXY: proxy, http_proxy: proxy };
  const krakend = krakendImage(network);
  const programs: Readonly<Record<string, Program | undefined>> = {
    'axsauze/kaos-agent': agentPackages() === undefined ? undefined : agentImage(network),
    'axsauze/kaos-mcp-python-string': pythonStringImage,
    'example/clock': (ip) => nodeProgram('tests/local-cluster/programs/sdk-agent.ts', ['clock', ip]),
    'example/news': (ip) => nodeProgram('tests/local-cluster/programs/a2a-agent.ts', ['news', '', ip]),
    'example/weather': (ip) => nodeProgram('tests/local-cluster/programs/a2a-agent.ts', ['weather', '/api/v1', ip]),
    'ghcr.io/agentic-layer/agent-gateway-krakend': krakend,
    'ghcr.io/berriai/litellm': liteLlmImage(modelPort),
    python: (ip) => ({ command: ['python3'], env: { PATH, HOST: ip, PYTHONUNBUFFERED: '1' } }),
    'registry.example.com/agent-gateway-hooks': (ip) => nodeProgram('webhooks/main.ts', [], `HOST=${ip}`),
    'registry.example.com/orders-tools': ordersImage,
  };
  return (image) => programs[image.replace(/(?::[^:/]*)?(?:@.*)?$/, '')];
}

/** A program of this project. A variable of its own counts before those of the pod. */
function nodeProgram(file: string, args: readonly string[], ...own: readonly string[]): Image {
  return { command: ['env', ...own, process.execPath, path.join(ROOT, file), ...args], env: { PATH } };
}
