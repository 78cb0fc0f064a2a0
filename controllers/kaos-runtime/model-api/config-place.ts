import { objectsIn } from '../../data/plain-object.ts';
import type { UsersContainer } from '../workload/users-container.ts';
import { type ConfigReading, section } from './config-reading.ts';

/** Where the pod has LiteLLM's configuration. */
export const CONFIG_FOLDER = '/etc/litellm';
export const CONFIG_FILE = `${CONFIG_FOLDER}/config.yaml`;
export const CONFIG_VOLUME = 'litellm-config';
export const CONFIG_YAML = 'spec.proxyConfig.configYaml';

/** Variables that name another configuration. */
const OTHER_CONFIG = ['CONFIG_FILE_PATH', 'WORKER_CONFIG', 'LITELLM_CONFIG_BUCKET_NAME'];

/** The first field of the spec whose content is not known here and can set this variable, or this setting of LiteLLM. */
export function unknownSource(variable: string, users: UsersContainer, reading: ConfigReading): string | undefined {
  return unknownVariables(variable, users) ?? unknownConfig(users) ?? unknownPart(reading);
}

/** The same for the variable alone. */
export function unknownVariables(variable: string, { envFrom }: UsersContainer): string | undefined {
  const canHold = envFrom.some(({ prefix = '' }) => typeof prefix !== 'string' || variable.startsWith(prefix));
  return canHold ? 'spec.podSpec.containers[model-api].envFrom' : undefined;
}

/** Another configuration than that of the spec. */
function unknownConfig({ env, command, args, inPodSpec, podSpec }: UsersContainer): string | undefined {
  const named = env.find(({ name }) => OTHER_CONFIG.some((other) => other === name));
  const isReplaced =
    objectsIn(podSpec['volumes']).some(({ name }) => name === CONFIG_VOLUME) ||
    objectsIn(inPodSpec['volumeMounts']).some(({ mountPath }) => String(mountPath).startsWith(CONFIG_FOLDER));
  if (named !== undefined) {
    return `the variable ${named['name']}`;
  }
  if (isReplaced) {
    return `a volume of spec.podSpec at ${CONFIG_FOLDER}`;
  }
  return isLiteLlm(command) && readsConfig(args) ? undefined : 'spec.container.command or args';
}

function isLiteLlm(command: unknown): boolean {
  return !Array.isArray(command) || (command.length === 1 && /(^|\/)litellm$/.test(String(command[0])));
}

/** Whether the arguments name no configuration but that of the spec. */
function readsConfig(args: unknown): boolean {
  const list: readonly unknown[] = Array.isArray(args) ? args : [];
  return list.every((arg, index) => {
    const isFlag = arg === '--config' || arg === '-c';
    return isFlag
      ? list[index + 1] === CONFIG_FILE
      : !/^(--config=|-c.)/.test(String(arg)) || arg === `--config=${CONFIG_FILE}`;
  });
}

/** A part of the configuration that is elsewhere: in a Secret, in another file, or in a secret manager. */
function unknownPart(reading: ConfigReading): string | undefined {
  if (reading.source === 'secret') {
    return `${CONFIG_YAML}.fromSecretKeyRef`;
  }
  if (reading.source !== 'text') {
    return undefined;
  }
  const includes = reading.configuration['include'];
  const hasFiles = Array.isArray(includes) && includes.length > 0;
  const manager = section(reading.configuration, 'general_settings')['key_management_system'];
  if (hasFiles) {
    return `${CONFIG_YAML}.fromString.include`;
  }
  return manager ? `${CONFIG_YAML}.fromString.general_settings.key_management_system` : undefined;
}
