import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../webhooks/observability/metrics.ts';
import { template, withHelm } from './support/helm.ts';
import { type Metric, metricsOf, promqlComplaints, resultLabels } from './support/promql.ts';
import { ROOT } from './support/run.ts';
import { testService } from './support/service.ts';
import { tool } from './support/tool.ts';

const DASHBOARD = 'chart/dashboards/agent-gateway-hooks.json';
const ALERTS = 'chart/alerts/agent-gateway-hooks.yaml';
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: { readonly defaults: { readonly unit: string } };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

const dashboard: {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
} = JSON.parse(read(DASHBOARD));
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const targets = panels.flatMap((panel) => (panel.targets ?? []).map((target) => ({ title: panel.title, ...target })));
const alerts: readonly Alert[] = parse(read(ALERTS)).groups.flatMap((group: { rules: Alert[] }) => group.rules);
const runbook = read('docs/runbook.md');

/** All metrics in the registry of the service. */
const metrics: Metric[] = createMetrics()
  .registry.getMetricsAsArray()
  .flatMap((metric) => {
    const { name, type, labelNames: labels = [] } = metric as unknown as Metric & { labelNames?: string[] };
    return String(type) !== 'histogram'
      ? [{ name, type, labels }]
      : [
          { name: `${name}_bucket`, type: 'counter', labels: [...labels, 'le'] },
          { name: `${name}_sum`, type: 'counter', labels },
          { name: `${name}_count`, type: 'counter', labels },
        ];
  });
const own = metrics.filter(({ name }) => name.startsWith('agent_gateway_hooks_'));
const inRunbook = [...runbook.matchAll(/^```promql\n(.*?)^```$/gms)].map(([, query = '']) => query);

describe('the dashboard, the alerts and the runbook', () => {
  it('are checked against the metrics that /metrics serves', async () => {
    const { body } = await testService().admin.inject('/metrics');
    const served = [...body.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(served.sort()).toEqual(
      [...new Set(metrics.map(({ name }) => name.replace(/_(bucket|sum|count)$/, '')))].sort(),
    );
  });

  it.each([
    ...targets.map(({ title, expr }) => [`panel ${title}`, expr] as const),
    ...alerts.map(({ alert, expr }) => [`alert ${alert}`, expr] as const),
    ...inRunbook.map((query) => ['runbook', query] as const),
  ])('use only metrics and labels that exist: %s', (_name, expression) => {
    expect(promqlComplaints(expression, metrics)).toEqual([]);
  });

  it.each([
    ['no PromQL at', 'sum by ('],
    ['no metric agent_gateway_hooks_call_total', 'agent_gateway_hooks_call_total'],
    ['agent_gateway_hooks_calls_total has no label reason', 'agent_gateway_hooks_calls_total{reason="x"}'],
    ['agent_gateway_hooks_calls_total has no label le', 'sum by (le) (rate(agent_gateway_hooks_calls_total[5m]))'],
    ['process_start_time_seconds is no counter', 'rate(process_start_time_seconds[5m])'],
  ])('fail the check with the complaint: %s', (complaint, expression) => {
    expect(promqlComplaints(expression, metrics)).toEqual([expect.stringContaining(complaint)]);
  });

  it('show every metric of the service', () => {
    const shown = new Set(targets.flatMap(({ expr }) => metricsOf(expr)).map((name) => name.replace(/_bucket$/, '')));
    const names = new Set(own.map(({ name }) => name.replace(/_(bucket|sum|count)$/, '')));
    expect([...names].filter((name) => !shown.has(name) && !shown.has(`${name}_sum`))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('has the expected rows', () => {
    expect(dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title)).toEqual([
      'Calls',
      'Errors',
      'Latency',
      'Overload',
      'Children and problems',
      'Guard violations',
      'Certificates and credentials',
      'Process',
    ]);
  });

  it('has panels with a description, a unit and the chosen data source, and none overlap', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const panel of panels) {
      expect(panel).toMatchObject({
        description: expect.stringMatching(/\.$/),
        datasource: { uid: `$\{datasource}` },
        fieldConfig: { defaults: { unit: expect.stringMatching(/./) } },
      });
    }
  });

  it.each(targets)('uses only labels of the series in legends: $title', ({ expr, legendFormat }) => {
    const labels = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
    expect(labels.filter((label) => !resultLabels(expr).includes(String(label)))).toEqual([]);
  });

  it('selects the chosen namespace and job', () => {
    expect(targets.filter(({ expr }) => !expr.includes('{namespace="$namespace", job=~"$job"'))).toEqual([]);
    const queries = dashboard.templating.list.flatMap(({ definition = [] }) => definition);
    const choices = queries.map((query) => /^label_values\((.*), (namespace|job)\)$/.exec(query)?.[1] ?? query);
    expect(choices.flatMap((choice) => promqlComplaints(choice, metrics))).toEqual([]);
    expect(choices).toHaveLength(2);
  });
});

describe('every alert', () => {
  const sections = [...runbook.matchAll(/^## (AgentGatewayHooks\w+)\n(.*?)(?=^## |(?![\s\S]))/gms)].map(
    ([, name = '', text = '']) => ({ name, text }),
  );

  it('has a section in the runbook in the same order, and every section has an alert', () => {
    expect(sections.map(({ name }) => name)).toEqual(alerts.map(({ alert }) => alert));
  });

  it.each(sections)('is explained in the runbook: $name', ({ text }) => {
    for (const question of ['What it means', 'What to look at', 'What to do']) {
      expect(text).toMatch(new RegExp(`^\\*\\*${question}\\.\\*\\* \\S`, 'm'));
    }
  });

  it('has a severity and a summary', () => {
    for (const { labels, annotations } of alerts) {
      expect(['critical', 'warning', 'info']).toContain(labels.severity);
      expect(annotations['summary']).toMatch(/\.$/);
    }
  });

  it('selects only its own release', () => {
    const selectors = alerts.flatMap(({ expr }) => [...expr.matchAll(/\w\{[^}]*/g)].map(([selector]) => selector));
    expect(selectors.filter((selector) => !selector.includes('{namespace="NAMESPACE", job="JOB"'))).toEqual([]);
  });

  const promtool = tool('promtool', 'PROMTOOL', ROOT);
  promtool.needed.it('fires in Prometheus only when it should', () => {
    const cases: { tests: { alert_rule_test: { alertname: string; exp_alerts?: unknown[] }[] }[] } = parse(
      read('tests/alerts.promtool.yaml'),
    );
    const rows = cases.tests.flatMap((test) => test.alert_rule_test);
    for (const { alert } of alerts) {
      const own = rows.filter(({ alertname }) => alertname === alert);
      expect(
        own.filter(({ exp_alerts: expected = [] }) => expected.length > 0),
        alert,
      ).not.toEqual([]);
      expect(
        own.filter(({ exp_alerts: expected = [] }) => expected.length === 0),
        alert,
      ).not.toEqual([]);
    }
    const ran = promtool.run('test', 'rules', 'tests/alerts.promtool.yaml');
    expect(ran.output).toContain('SUCCESS');
    expect(ran.code).toBe(0);
  });
});

withHelm.describe('monitoring in the chart', () => {
  const NAME = 'kaos-agent-gateway-hooks';
  const KINDS = ['ServiceMonitor', 'PrometheusRule'];
  /** It is off by default: without access rules everything is open. */
  const OPEN_TO_EVERYBODY = 'AgentGatewayHooksOpenToEverybody';
  const on = {
    'monitoring.serviceMonitor.enabled': 'true',
    'monitoring.serviceMonitor.interval': '15s',
    'monitoring.serviceMonitor.labels.release': 'monitor',
    'monitoring.prometheusRule.enabled': 'true',
    'monitoring.prometheusRule.labels.release': 'rules',
    'monitoring.prometheusRule.openToEverybody': 'true',
    'monitoring.prometheusRule.runbookUrl': 'https://docs.example.com/runbook.md',
    'monitoring.dashboard.enabled': 'true',
    'monitoring.dashboard.labels.folder': 'agents',
  };
  const find = (values: Readonly<Record<string, string>>, kind: string, name = NAME) =>
    template(values).manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);

  it('is off by default', () => {
    const { manifests } = template();
    expect(
      manifests.filter(({ kind, metadata }) => KINDS.includes(kind) || metadata.name.endsWith('-dashboard')),
    ).toEqual([]);
  });

  it('scrapes the admin port of the Service, whose name becomes the job', () => {
    const service = find(on, 'Service');
    expect(service).toMatchObject({
      spec: { ports: expect.arrayContaining([expect.objectContaining({ name: 'admin' })]) },
    });
    expect(find(on, 'ServiceMonitor')).toMatchObject({
      metadata: { namespace: 'kaos-system', labels: { release: 'monitor' } },
      spec: {
        selector: { matchLabels: { 'app.kubernetes.io/instance': 'kaos' } },
        endpoints: [{ port: 'admin', path: '/metrics', interval: '15s' }],
      },
    });
  });

  it('has the alerts of the file for this release, with links to the runbook', () => {
    const text = read(ALERTS).replaceAll('NAMESPACE', 'kaos-system').replaceAll('JOB', NAME);
    const { groups } = parse(text);
    for (const rule of groups[0].rules) {
      rule.annotations.runbook_url = `https://docs.example.com/runbook.md#${rule.alert.toLowerCase()}`;
    }
    expect(find(on, 'PrometheusRule')).toMatchObject({ metadata: { labels: { release: 'rules' } }, spec: { groups } });
    const without = find(
      { 'monitoring.serviceMonitor.enabled': 'true', 'monitoring.prometheusRule.enabled': 'true' },
      'PrometheusRule',
    );
    const rules = parse(text).groups[0].rules.filter(({ alert }: Alert) => alert !== OPEN_TO_EVERYBODY);
    expect(without).toMatchObject({ spec: { groups: [{ name: groups[0].name, rules }] } });
    expect(JSON.stringify(without)).not.toContain('runbook_url');
  });

  it('has the dashboard file unchanged, for the sidecar', () => {
    expect(find(on, 'ConfigMap', `${NAME}-dashboard`)).toMatchObject({
      metadata: { labels: { grafana_dashboard: '1', folder: 'agents' } },
      data: { 'agent-gateway-hooks.json': read(DASHBOARD) },
    });
  });
});
