import { describe, expect } from 'vitest';
import { parse } from 'yaml';
import { nodes } from '../../controllers/kubernetes/crd/schema-nodes.ts';
import { differences } from '../support/crd-differences.ts';
import { type Crd, crdOf, schemaOf } from '../support/crds.ts';
import { upstreamCrd, withUpstream } from '../support/upstream.ts';

/** All differences from upstream, each with its reason. */
const EVERYWHERE = {
  'status.observedGeneration: not upstream': 'a controller can say which generation its whole status belongs to',
  'status.conditions: x-kubernetes-list-type "map", upstream nothing': 'each writer owns the conditions of its types',
  'status.conditions: x-kubernetes-list-map-keys ["type"], upstream nothing': 'the same',
};
const OF_AGENTS = {
  'spec.volumes[]: x-kubernetes-preserve-unknown-fields true, upstream nothing':
    'the kinds of volumes are not spelled out: all fields that upstream has are kept',
};
const OF_KAOS = {
  'status.observedGeneration: not upstream': EVERYWHERE['status.observedGeneration: not upstream'],
  'status.conditions: not upstream': 'what each controller reports about the resource, as with other kinds',
  'status.gatewayAddress: not upstream': 'the address of the resource from outside the cluster',
  'spec.podSpec: x-kubernetes-preserve-unknown-fields true, upstream nothing':
    'the PodSpec is not spelled out: all fields that upstream has are kept',
  'spec.podSpec: required nothing, upstream ["containers"]':
    'it is merged into a PodSpec that has containers, so an override of other fields needs none',
};
const SINCE_0_8 = 'KAOS has it since 0.8';
const REMOVED = 'KAOS 0.8 has no such field, so a default would add it to each Agent';
const OF_KAOS_AGENTS = {
  ...OF_KAOS,
  'spec.config.autonomous: not upstream': SINCE_0_8,
  'spec.config.systemPrompt: not upstream': SINCE_0_8,
  'spec.config.taskConfig: not upstream': SINCE_0_8,
  'spec.config.toolCallMode: not upstream': SINCE_0_8,
  'spec.config.memory.clientParams: not upstream': SINCE_0_8,
  'spec.config.memory.failureMode: not upstream': SINCE_0_8,
  'spec.config.memory.maxReadScope: not upstream': SINCE_0_8,
  'spec.config.memory.memoryStore: not upstream': SINCE_0_8,
  'spec.config.memory.tools: not upstream': SINCE_0_8,
  'spec.config.memory: x-kubernetes-validations 4 rules, upstream nothing': SINCE_0_8,
  'spec.config.memory.type: enum ["local","remote"], upstream ["local"]': SINCE_0_8,
  'spec.config.memory.type: default nothing, upstream "local"': 'KAOS 0.8 derives it from memoryStore',
  'spec.config.memory.contextLimit: default nothing, upstream 6': REMOVED,
  'spec.config.memory.maxSessionEvents: default nothing, upstream 500': REMOVED,
  'spec.config.memory.maxSessions: default nothing, upstream 1000': REMOVED,
};
const telemetryOff = 'default nothing, upstream false';
const TELEMETRY_OFF = 'the default would turn telemetry off for a resource that only sets an endpoint';
const EXPECTED = {
  'agentgatewayclasses.runtime.agentic-layer.ai': EVERYWHERE,
  'agentgateways.runtime.agentic-layer.ai': EVERYWHERE,
  'agents.runtime.agentic-layer.ai': { ...EVERYWHERE, ...OF_AGENTS },
  'agents.kaos.tools': { ...OF_KAOS_AGENTS, [`spec.config.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF },
  'mcpservers.kaos.tools': { ...OF_KAOS, [`spec.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF },
  'modelapis.kaos.tools': { ...OF_KAOS, [`spec.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF },
};

describe.each(Object.entries(EXPECTED))('the CRD %s, compared with the upstream one,', (name, expected) => {
  const text = upstreamCrd(name);
  const ours = crdOf(name);
  const theirs = (): Crd => parse(text ?? '');

  withUpstream(text).it(
    'has the same fields, types, defaults and validations except for the listed differences',
    () => {
      expect(nodes(schemaOf(theirs())).length).toBeGreaterThan(10);
      expect(differences(schemaOf(ours), schemaOf(theirs())).sort()).toEqual(Object.keys(expected).sort());
    },
  );

  withUpstream(text).it('has the same names, scope and versions, and includes its columns', () => {
    const head = ({ spec: { versions, ...names } }: Crd) => ({
      ...names,
      versions: versions.map(({ schema: _schema, additionalPrinterColumns: _columns, ...version }) => version),
    });
    expect(head(ours)).toEqual(head(theirs()));
    const columns = ({ spec }: Crd) =>
      (spec.versions[0].additionalPrinterColumns ?? []).map(({ name, type, jsonPath }) => ({ name, type, jsonPath }));
    expect(columns(ours)).toEqual(expect.arrayContaining(columns(theirs())));
  });

  withUpstream(text).it('has its own descriptions', () => {
    const texts = (crd: Crd) =>
      nodes(schemaOf(crd)).flatMap(([, { description }]) => (description === undefined ? [] : [plain(description)]));
    const known = new Set(texts(theirs()));
    expect(texts(ours).filter((description) => known.has(description))).toEqual([]);
  });
});

function plain(description: unknown): string {
  return String(description)
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();
}
