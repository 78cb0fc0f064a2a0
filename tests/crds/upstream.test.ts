import { describe, expect } from 'vitest';
import { parse } from 'yaml';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { type Crd, crdOf, nodes, schemaOf } from '../support/crds.ts';
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
const telemetryOff = 'default nothing, upstream false';
const TELEMETRY_OFF = 'the default would turn telemetry off for a resource that only sets an endpoint';
const EXPECTED = {
  'agentgatewayclasses.runtime.agentic-layer.ai': EVERYWHERE,
  'agentgateways.runtime.agentic-layer.ai': EVERYWHERE,
  'agents.runtime.agentic-layer.ai': { ...EVERYWHERE, ...OF_AGENTS },
  'agents.kaos.tools': { ...OF_KAOS, [`spec.config.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF },
  'mcpservers.kaos.tools': { ...OF_KAOS, [`spec.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF },
  'modelapis.kaos.tools': { ...OF_KAOS, [`spec.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF },
};

/** The keywords of a schema for the value itself, without its children, its description and its example. */
function keywords(schema: StructuralSchema): ReadonlyMap<string, string> {
  const { properties: _p, items: _i, additionalProperties: _a, description: _d, example: _e, ...own } = schema;
  return new Map(Object.entries(own).map(([name, value]) => [name, JSON.stringify(comparable(value))]));
}

/** A value to compare: lists without their order, CEL rules without their messages. */
function comparable(value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => item.rule ?? item).sort() : value;
}

/** A line for each path or keyword that only one schema has or that differs. Fields under such a path are not listed. */
function differences(ours: StructuralSchema, theirs: StructuralSchema): string[] {
  const own = new Map(nodes(ours));
  const open = [...own].filter(([, schema]) => schema['x-kubernetes-preserve-unknown-fields']).map(([path]) => path);
  const isKept = (path: string) => open.some((kept) => path.startsWith(`${kept}.`));
  const other = new Map(nodes(theirs).filter(([path]) => own.has(path) || !isKept(path)));
  const alone = [...own.keys()].filter((path) => !other.has(path));
  const isOfAlone = (path: string) =>
    alone.some((field) => ['.', '[', '{'].some((next) => path.startsWith(field + next)));
  return [...new Set([...own.keys(), ...other.keys()])]
    .filter((path) => !isOfAlone(path))
    .flatMap((path) => {
      const [here, there] = [own.get(path), other.get(path)];
      if (here === undefined || there === undefined) {
        return [`${path}: ${here ? 'not upstream' : 'missing'}`];
      }
      return keywordDifferences(keywords(here), keywords(there)).map((difference) => `${path}: ${difference}`);
    });
}

function keywordDifferences(here: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): string[] {
  return [...new Set([...here.keys(), ...there.keys()])]
    .filter((name) => here.get(name) !== there.get(name))
    .map((name) => `${name} ${here.get(name) ?? 'nothing'}, upstream ${there.get(name) ?? 'nothing'}`);
}

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
