import { agentImage, memoryImage } from './agent-runtime.ts';
import type { Environment } from './container-environment.ts';
import { liteLlmImage, pythonImage, pythonStringImage } from './kaos-images.ts';
import type { Image, Pod } from './pods.ts';

/** The image of a pod of KAOS's samples, by its name. */
export function sampleImages(
  { container }: Pod,
  network: Environment,
  providerPort: number,
): Readonly<Record<string, (ip: string) => Image>> {
  const ofServer = container.env.some(({ name }) => name === 'MCP_TOOLS_STRING') ? pythonStringImage : kubernetesImage;
  return {
    [container.image]: ofServer,
    agent: agentImage(network),
    'memory-service': memoryImage(network),
    // Only its other client for HTTP calls takes the proxy from the environment.
    litellm: liteLlmImage(providerPort, { ...network, DISABLE_AIOHTTP_TRANSPORT: 'True' }),
  };
}

/** A stand-in for the MCP server for Kubernetes, which is no Python package. */
function kubernetesImage(ip: string): Image {
  return pythonImage('kubernetes_mcp.py', [ip], { FASTMCP_CHECK_FOR_UPDATES: 'off' });
}
