import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Need, needing } from '../../support/needing.ts';
import type { Environment } from './container-environment.ts';
import type { Image } from './pods.ts';
import { pythonPackages } from './python.ts';

/** KAOS's agent runtime needs Python 3.12. */
const IS_NEW_ENOUGH = 'import sys; sys.exit(sys.version_info < (3, 12))';

/** The first Python of version 3.12 or later: of AGENT_PYTHON, on PATH, or among the versions of pyenv. None is downloaded. */
function findPython(): string | undefined {
  const { AGENT_PYTHON, PYENV_ROOT = path.join(homedir(), '.pyenv') } = process.env;
  const versions = path.join(PYENV_ROOT, 'versions');
  const ofPyenv = (existsSync(versions) ? readdirSync(versions) : []).map((name) => `${versions}/${name}/bin/python3`);
  const onPath = ['python3', 'python3.12', 'python3.13', 'python3.14'];
  return [...(AGENT_PYTHON ? [AGENT_PYTHON] : []), ...onPath, ...ofPyenv].find(
    (python) => spawnSync(python, ['-c', IS_NEW_ENOUGH]).status === 0,
  );
}

const PYTHON = findPython();

/** The needs of tests that run KAOS's agents. */
export const AGENT_NEEDS: readonly Need[] = [
  { name: 'Python 3.12 or later in AGENT_PYTHON or on PATH', found: PYTHON !== undefined },
];
export const withAgents = needing(...AGENT_NEEDS);

/** The folder with KAOS's agent runtime, if this machine can run it. Installs it first if it is not in the cache. */
export function agentPackages(say?: (line: string) => void): string | undefined {
  return PYTHON && pythonPackages(say, { python: PYTHON, requirements: 'agent-requirements.txt' });
}

/**
 * KAOS's own agents; `network` has the variables by which they reach the network. The only argument that matters is the
 * address: the image's program listens on all, and here on the pod's.
 */
export function agentImage(network: Environment): (ip: string) => Image {
  const server = ['-m', 'uvicorn', 'pais.server:get_app', '--factory', '--port', '8000'];
  return (ip) => ({ command: [PYTHON ?? '', ...server, '--host', ip], env: { ...ownVariables(), ...network } });
}

/** Starts the memory service with its data below its own folder: the volume is not mounted here. */
const MEMORY = `
export KAOS_MEMORY_LOCAL_PATH=".$KAOS_MEMORY_LOCAL_PATH"
mkdir -p "$KAOS_MEMORY_LOCAL_PATH"
exec "$0" -m kaos_memory.app`;

/** KAOS's own memory service. It counts tokens with a file that it would download and that LiteLLM brings. */
export function memoryImage(network: Environment): (ip: string) => Image {
  const tokens = path.join(pythonPackages(), 'litellm/litellm_core_utils/tokenizers');
  return (ip) => ({
    command: ['sh', '-ec', MEMORY, PYTHON ?? ''],
    env: { ...ownVariables(), TIKTOKEN_CACHE_DIR: tokens, KAOS_MEMORY_HOST: ip, ...network },
  });
}

function ownVariables(): Environment {
  const { PATH = '' } = process.env;
  return { PATH, PYTHONPATH: agentPackages() ?? '' };
}
