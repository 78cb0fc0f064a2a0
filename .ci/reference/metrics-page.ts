import { createMetrics } from '../../webhooks/observability/metrics.ts';
import { code, type Page, page, prose, table } from './markdown.ts';

const OWN = 'agent_gateway_hooks_';

interface Described {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labelNames?: readonly string[];
}

/** All metrics at `/metrics`: those of the service, and those of its process. */
export function metricsPage(): Page {
  const metrics = createMetrics().registry.getMetricsAsArray() as unknown as readonly Described[];
  const rows = (isOwn: boolean) =>
    metrics
      .filter(({ name }) => name.startsWith(OWN) === isOwn)
      .map(({ name, type, labelNames = [], help }) => [
        code(name),
        type,
        labelNames.map((label) => code(label)).join(', '),
        prose(help),
      ]);
  const head = ['metric', 'type', 'labels', 'what it counts or measures'];
  return page('metrics.md', 'Metrics', [
    `The admin port serves them at \`/metrics\`. A histogram also has the series \`_bucket\`, \`_sum\` and \`_count\`. Label values come
from closed sets, such as the [reasons](reasons.md), so that users cannot create series. The [runbook](../runbook.md) has the alerts.`,
    `## The service\n\n${table(head, rows(true))}`,
    `## The process\n\n${table(head, rows(false))}`,
  ]);
}
