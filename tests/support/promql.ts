import { parser } from '@prometheus-io/lezer-promql';

/** A metric in Prometheus. The bucket, sum and count of a histogram are separate metrics. */
export interface Metric {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
}

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** The labels that Prometheus adds to each series of a ServiceMonitor's target. */
const TARGET_LABELS = ['container', 'endpoint', 'instance', 'job', 'namespace', 'pod', 'service'];
/** The metric that Prometheus itself adds. */
const UP: Metric = { name: 'up', type: 'gauge', labels: [] };
const OF_COUNTERS = ['rate', 'irate', 'increase'];
/** The nodes of an expression that name labels which all its metrics must have. */
const LABELS_IN: Readonly<Record<string, string>> = {
  AggregateExpr: 'GroupingLabels',
  VectorSelector: 'LabelMatchers',
};

/** The errors of an expression over these metrics: its syntax, or the name, type or label of a metric. */
export function promqlComplaints(expression: string, metrics: readonly Metric[]): string[] {
  const query = parse(expression);
  const known = new Map([UP, ...metrics].map((metric) => [metric.name, metric]));
  const complaints = descendants(query.top).flatMap((node) =>
    node.type.isError
      ? [`no PromQL at ${node.from}`]
      : metricsUnder(query, node).flatMap((name) => complaintsOf(query, node, { name, metric: known.get(name) })),
  );
  return [...new Set(complaints)];
}

/** The metrics that an expression reads. */
export function metricsOf(expression: string): string[] {
  const query = parse(expression);
  return metricsUnder(query, query.top);
}

/** The labels that the result of an expression has. */
export function resultLabels(expression: string): readonly string[] {
  const query = parse(expression);
  return named(query.top, 'AggregateExpr').length > 0 ? labelsUnder(query, query.top, 'GroupingLabels') : TARGET_LABELS;
}

interface Query {
  readonly top: SyntaxNode;
  readonly textOf: (node: SyntaxNode) => string;
}

/** Parses an expression. Grafana's `$__rate_interval` is not PromQL, so 5m replaces it. */
function parse(expression: string): Query {
  const text = expression.replaceAll('$__rate_interval', '5m');
  return { top: parser.parse(text).topNode, textOf: ({ from, to }) => text.slice(from, to) };
}

interface Read {
  readonly name: string;
  readonly metric: Metric | undefined;
}

/** The labels and the type that a node needs but the metric under it does not have. */
function complaintsOf(query: Query, node: SyntaxNode, { name, metric }: Read): string[] {
  if (!metric) {
    return [`no metric ${name}`];
  }
  const asked = labelsUnder(query, node, LABELS_IN[node.name]);
  const lacking = asked.filter((label) => !metric.labels.includes(label) && !TARGET_LABELS.includes(label));
  const isOfCounters = named(node, 'FunctionIdentifier')
    .slice(0, 1)
    .some((called) => OF_COUNTERS.includes(query.textOf(called)));
  return [
    ...lacking.map((label) => `${name} has no label ${label}`),
    ...(node.name === 'FunctionCall' && isOfCounters && metric.type !== 'counter' ? [`${name} is no counter`] : []),
  ];
}

function metricsUnder({ textOf }: Query, node: SyntaxNode): string[] {
  return [...new Set(named(node, 'Identifier').map(textOf))];
}

function labelsUnder({ textOf }: Query, node: SyntaxNode, list: string | undefined): string[] {
  const lists = list === undefined ? [] : named(node, list);
  return [...new Set(lists.flatMap((under) => named(under, 'LabelName')).map(textOf))];
}

function named(node: SyntaxNode, name: string): SyntaxNode[] {
  return descendants(node).filter((candidate) => candidate.name === name);
}

/** A node and all nodes under it. */
function descendants(node: SyntaxNode): SyntaxNode[] {
  const found = [node];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    found.push(...descendants(child));
  }
  return found;
}
