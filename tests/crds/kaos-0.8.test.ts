import { describe, expect } from 'vitest';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { differences } from '../support/crd-differences.ts';
import { crdOf, schemaOf } from '../support/crds.ts';
import { upstreamFile, withUpstream } from '../support/upstream.ts';

/** The facts about KAOS's CRDs: JSON Schemas in outline, with the meaning of CEL rules in words. */
interface Facts {
  readonly group: string;
  readonly version: string;
  readonly scope: string;
  readonly kinds: Readonly<Record<string, KindFacts>>;
  readonly $defs: Readonly<Record<string, StructuralSchema>>;
}

interface KindFacts {
  readonly plural: string;
  readonly shortNames?: readonly string[];
  readonly spec: StructuralSchema;
  readonly status: StructuralSchema;
}

const text = upstreamFile('kaos-0.8/crd-fields.json');
const facts: Facts | undefined = text === undefined ? undefined : JSON.parse(text);

/** All differences from KAOS 0.8, each with its reason. */
const GENERATION = { 'status.observedGeneration: not upstream': 'which generation the whole status describes' };
const CONDITIONS = { 'status.conditions: not upstream': 'what each controller reports, as with Agents' };
const ADDRESS = { 'status.gatewayAddress: not upstream': 'the address from outside the cluster' };
const POD_SPEC = {
  'spec.podSpec: x-kubernetes-preserve-unknown-fields true, upstream nothing': 'all fields are kept',
  'spec.podSpec: required nothing, upstream ["containers"]': 'an override of other fields needs no containers',
};
const telemetryOff = 'default nothing, upstream false';
const TELEMETRY_OFF = 'the default would turn telemetry off for a resource that only sets an endpoint';
const TELEMETRY = { [`spec.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF };
const OF_0_1_4 = 'a field of 0.1.4, whose manifests still work';
const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Agent: {
    ...GENERATION,
    ...ADDRESS,
    ...POD_SPEC,
    [`spec.config.telemetry.enabled: ${telemetryOff}`]: TELEMETRY_OFF,
    'spec.config.memory.contextLimit: not upstream': OF_0_1_4,
    'spec.config.memory.maxSessions: not upstream': OF_0_1_4,
    'spec.config.memory.maxSessionEvents: not upstream': OF_0_1_4,
  },
  ModelAPI: {
    ...GENERATION,
    ...ADDRESS,
    ...CONDITIONS,
    ...POD_SPEC,
    ...TELEMETRY,
    'spec.proxyConfig.apiKey.valueFrom.configMapKeyRef: not upstream': OF_0_1_4,
  },
  MCPServer: { ...GENERATION, ...ADDRESS, ...CONDITIONS, ...POD_SPEC, ...TELEMETRY },
  MemoryStore: { ...GENERATION, ...ADDRESS, ...CONDITIONS, ...TELEMETRY },
  AccessGrant: {
    ...GENERATION,
    'status.conditions: x-kubernetes-list-type "map", upstream nothing': 'each type occurs once',
    'status.conditions: x-kubernetes-list-map-keys ["type"], upstream nothing': 'the same',
  },
};

/** A schema of the facts as a CRD has it: references followed, and without fields that the facts only outline. */
function resolved(schema: StructuralSchema): StructuralSchema {
  const { $ref, additionalProperties, properties, items, ...own } = schema;
  if (typeof $ref === 'string') {
    return resolved(facts?.$defs[$ref.slice('#/$defs/'.length)] ?? {});
  }
  const { 'x-kubernetes-validations-meaning': meanings, ...keywords } = own;
  return {
    ...keywords,
    ...(Array.isArray(meanings) && { 'x-kubernetes-validations': meanings }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, resolved(child)])),
    }),
    ...(items && { items: resolved(items) }),
    ...(additionalProperties && { additionalProperties: resolved(additionalProperties) }),
  };
}

/** Our schema without what is below an outline of theirs, and without core/v1 keywords that outlines leave out. */
function outlined(ours: StructuralSchema, theirs: StructuralSchema): StructuralSchema {
  const { properties, items, additionalProperties, required, ...keywords } = ours;
  if (isOutline(theirs)) {
    return { ...keywords, ...pick(theirs, 'required') };
  }
  const own = { ...keywords, ...(required !== undefined && { required }) };
  return {
    ...own,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, outlined(child, theirs.properties?.[name] ?? child)]),
      ),
    }),
    ...(items && { items: outlined(items, theirs.items ?? items) }),
    ...(additionalProperties && {
      additionalProperties: outlined(additionalProperties, theirs.additionalProperties ?? additionalProperties),
    }),
  };
}

/** The facts have no fields of core/v1 types. Of a type of KAOS they always have some. */
function isOutline({ type, properties, additionalProperties }: StructuralSchema): boolean {
  return type === 'object' && properties === undefined && additionalProperties === undefined;
}

function pick(schema: StructuralSchema, ...names: readonly string[]): StructuralSchema {
  return Object.fromEntries(names.filter((name) => name in schema).map((name) => [name, schema[name]]));
}

/** Keywords of core/v1 types, which the facts leave out. */
function withoutCore(schema: StructuralSchema): StructuralSchema {
  const { 'x-kubernetes-map-type': _atomic, properties, items, ...own } = schema;
  return {
    ...own,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, withoutCore(child)])),
    }),
    ...(items && { items: withoutCore(items) }),
  };
}

describe.each(Object.entries(EXPECTED))('the CRD of %s, compared with the facts about KAOS 0.8,', (kind, expected) => {
  const theirs = facts?.kinds[kind];
  const crd = crdOf(`${theirs?.plural ?? `${kind.toLowerCase()}s`}.kaos.tools`);

  withUpstream(text).it(
    'has the same fields, types, defaults and validations except for the listed differences',
    () => {
      const { spec = {}, status = {} } = schemaOf(crd).properties ?? {};
      const upstream = {
        type: 'object',
        properties: { spec: resolved(theirs?.spec ?? {}), status: resolved(theirs?.status ?? {}) },
      };
      const ours = outlined(withoutCore({ type: 'object', properties: { spec, status } }), upstream);
      expect(differences(ours, upstream).sort()).toEqual(Object.keys(expected).sort());
    },
  );

  withUpstream(text).it('has the same names, version and scope', () => {
    const { group, names, scope, versions } = crd.spec;
    expect({ group, scope, version: versions[0].name, versions: versions.length }).toEqual({
      group: facts?.group,
      scope: facts?.scope,
      version: facts?.version,
      versions: 1,
    });
    expect(names).toMatchObject({
      kind,
      plural: theirs?.plural,
      ...(theirs?.shortNames && pick(theirs as never, 'shortNames')),
    });
  });
});
