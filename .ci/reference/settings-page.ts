import type { TSchema } from '../../controllers/typebox.ts';
import { agentGatewayVariables } from '../../webhooks/settings/agent-gateway-variables.ts';
import { CHART_VALUES } from '../../webhooks/settings/chart-variables.ts';
import { allowed, Environment, type VariableName, variableNames } from '../../webhooks/settings/environment.ts';
import { kaosRuntimeVariables } from '../../webhooks/settings/kaos-runtime-variables.ts';
import { code, type Page, page, prose, table } from './markdown.ts';

interface Group {
  readonly title: string;
  readonly has: (name: VariableName) => boolean;
}

const isOfGateways = (name: VariableName) => name in agentGatewayVariables || name === 'REFERENCE_HASH_KEY_FILE';
const isOfRuntime = (name: VariableName) => name in kaosRuntimeVariables;
const isOfRoutes = (name: VariableName) => name.startsWith('GATEWAY_') && !isOfRuntime(name);

const GROUPS: readonly Group[] = [
  { title: 'The service', has: (name) => !isOfGateways(name) && !isOfRuntime(name) && !isOfRoutes(name) },
  { title: 'Routes of KAOS resources', has: isOfRoutes },
  { title: 'Gateways of AgentGateways', has: isOfGateways },
  { title: 'The KAOS runtime', has: isOfRuntime },
];

/** All variables of the service, in groups. */
export function settingsPage(): Page {
  const sections = GROUPS.map(({ title, has }) => {
    const rows = variableNames.filter(has).map((name) => row(name, CHART_VALUES[name] ?? ''));
    return `## ${title}\n\n${table(['variable', 'default', 'allowed', 'chart value', 'what it does'], rows)}`;
  });
  return page('settings.md', 'Settings', [
    `All settings of the service are environment variables, ${variableNames.length} of them, and the service checks them at startup.
If one is not valid, the service exits with a line that names the variable, its value and what is allowed. The
[chart](../../chart/README.md) sets them from its values.`,
    ...sections,
  ]);
}

function row(name: VariableName, value: string): readonly string[] {
  const schema: TSchema = Environment.properties[name];
  const preset = schema['default'] === undefined ? '' : String(schema['default']);
  return [code(name), code(preset), prose(allowed(schema)), code(value), prose(schema.description ?? '')];
}
