import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import type { Reading } from '../../controllers/reading.ts';
import { agentReading } from '../../controllers/resources/agentic-layer/agent.ts';
import { agentGatewayReading } from '../../controllers/resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassReading } from '../../controllers/resources/agentic-layer/agent-gateway-class.ts';
import { accessGrantReading } from '../../controllers/resources/kaos/access-grant.ts';
import { agentReading as kaosAgentReading } from '../../controllers/resources/kaos/agent.ts';
import { mcpServerReading } from '../../controllers/resources/kaos/mcp-server.ts';
import { memoryStoreReading } from '../../controllers/resources/kaos/memory-store.ts';
import { modelApiReading } from '../../controllers/resources/kaos/model-api.ts';
import { runtimeAgentReading } from '../../controllers/resources/kaos/runtime-agent.ts';
import { runtimeMcpServerReading } from '../../controllers/resources/kaos/runtime-mcp-server.ts';
import { runtimeModelApiReading } from '../../controllers/resources/kaos/runtime-model-api.ts';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { type Crd, crdOf, crds, pruned, schemaOf, validator, valuesOf } from '../support/crds.ts';
import { kaosSamples } from '../support/kaos-samples.ts';
import { assertReaching } from '../support/reaching.ts';
import { ROOT } from '../support/run.ts';
import { upstreamCrd, withUpstream } from '../support/upstream.ts';

const RUNS = { numRuns: 200 };

/** The faults of an object: what the API server would refuse, and the fields that it would drop. */
function faults(schema: StructuralSchema, value: unknown): readonly string[] {
  return [...validator(schema)(value), ...pruned(schema, value).map((field) => `${field} would be dropped`)];
}

function filesOf(folder: string, end: string): string[] {
  return filesIn(path.join(ROOT, folder)).filter((file) => file.endsWith(end));
}

describe('the CRD of AgentGateway', () => {
  const status = schemaOf(crdOf('agentgateways.runtime.agentic-layer.ai')).properties?.['status'] ?? {};
  const answered = filesOf('tests/fixtures/agent-gateway', '.sync.response.json')
    .map((file) => JSON.parse(readFileSync(file, 'utf8')).status)
    .filter((written) => written !== null);

  it('accepts every status of the fixtures and drops nothing', () => {
    const types = answered.flatMap(({ conditions }) => conditions.map(({ type }: { type: string }) => type));
    expect([...new Set(types)]).toEqual(expect.arrayContaining(['Accepted', 'ResolvedRefs', 'Programmed']));
    expect(answered.flatMap((written) => faults(status, written))).toEqual([]);
  });

  it('refuses invalid values and drops unknown fields', () => {
    const [first] = answered[0].conditions;
    expect(faults(status, { conditions: [{ ...first, status: 'Maybe', why: 'x' }], agents: 3 })).toEqual([
      '/conditions/0/status must be equal to one of the allowed values',
      '.conditions[0].why would be dropped',
      '.agents would be dropped',
    ]);
  });
});

/** The group, version and kind of a CRD, because two groups have `agents`. */
function kindOf({ spec: { group, names, versions } }: Crd): string {
  return `${group}/${versions[0]['name']} ${(names as { kind: string }).kind}`;
}

describe.each(['agents', 'mcpservers', 'modelapis'])('the podSpec in the CRD %s of KAOS', (plural) => {
  const podSpec = schemaOf(crdOf(`${plural}.kaos.tools`)).properties?.['spec']?.properties?.['podSpec'] ?? {};

  it('may have any fields, even without containers, and keeps them all', () => {
    const newer = { nodeSelector: { disk: 'ssd' }, aFieldToCome: [{ at: 1 }], hostUsers: false };
    expect(podSpec['x-kubernetes-preserve-unknown-fields']).toBe(true);
    expect(faults(podSpec, newer)).toEqual([]);
  });

  it('must be an object', () => {
    expect(faults(podSpec, ['x'])).toEqual([' must be object']);
  });
});

it('the CRDs accept every object of the examples and drop nothing', () => {
  const schemas = new Map(crds.map((crd) => [kindOf(crd), schemaOf(crd)]));
  const objects = filesOf('examples', '.yaml')
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()))
    .map((object) => ({ object, schema: schemas.get(`${object.apiVersion} ${object.kind}`) }))
    .filter(({ schema }) => schema !== undefined);
  const shown = new Set(objects.map(({ object }) => `${object.apiVersion} ${object.kind}`));
  expect([...schemas.keys()].filter((kind) => !shown.has(kind))).toEqual(WITHOUT_EXAMPLES);
  expect(objects.flatMap(({ object, schema }) => faultsOf(object, schema))).toEqual([]);
});

/** Nothing enforces these, so no example has one. */
const WITHOUT_EXAMPLES = ['kaos.tools/v1alpha1 AccessGrant'];

/** The faults of a whole object, whose metadata the API server checks itself. */
function faultsOf({ metadata: _metadata, ...object }: { readonly metadata?: unknown }, schema: StructuralSchema = {}) {
  return faults(schema, object);
}

describe.each(kaosSamples())('the sample $name of KAOS 0.8', ({ objects }) => {
  withUpstream(objects).it('KAOS 0.8, row 3: is accepted by the CRDs, which drop nothing', () => {
    const schemas = new Map(crds.map((crd) => [kindOf(crd), schemaOf(crd)]));
    const ofKaos = (objects ?? []).filter(({ apiVersion }) => apiVersion.startsWith('kaos.tools/'));
    expect(ofKaos.length).toBeGreaterThan(1);
    expect(ofKaos.flatMap((object) => faultsOf(object, schemas.get(`${object.apiVersion} ${object.kind}`)))).toEqual(
      [],
    );
  });
});

const KINDS: readonly (readonly [string, Reading])[] = [
  ['agents.runtime.agentic-layer.ai', agentReading],
  ['agentgateways.runtime.agentic-layer.ai', agentGatewayReading],
  ['agentgatewayclasses.runtime.agentic-layer.ai', agentGatewayClassReading],
  ['agents.kaos.tools', kaosAgentReading],
  ['mcpservers.kaos.tools', mcpServerReading],
  ['modelapis.kaos.tools', modelApiReading],
  ['memorystores.kaos.tools', memoryStoreReading],
  ['agents.kaos.tools', runtimeAgentReading],
  ['mcpservers.kaos.tools', runtimeMcpServerReading],
  ['modelapis.kaos.tools', runtimeModelApiReading],
  ['accessgrants.kaos.tools', accessGrantReading],
];

/** Controllers ignore a class without a spec, which names no controller, and a ModelAPI without one, which has no mode. */
const isRead = (kind: Reading, object: object) =>
  ![agentGatewayClassReading, modelApiReading].includes(kind as never) || 'spec' in object;

/** A schema in which podSpec may be any object: KAOS spells out all its fields, but we do not read them. */
function withOpenPodSpec(schema: StructuralSchema): StructuralSchema {
  const { spec = {} } = schema.properties ?? {};
  if (spec.properties?.['podSpec'] === undefined) {
    return schema;
  }
  const podSpec = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const open = { ...spec, properties: { ...spec.properties, podSpec } };
  return { ...schema, properties: { ...schema.properties, spec: open } };
}

/** Objects of a kind as the API server stores them. */
function stored({ apiVersion, kind }: Reading, { properties = {} }: StructuralSchema): fc.Arbitrary<object> {
  const { spec = {}, status = {} } = properties;
  return fc
    .record({ spec: valuesOf(spec), status: valuesOf(status) }, { requiredKeys: [], noNullPrototype: true })
    .map((parts) => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'y' }, ...parts }));
}

/** Whether an object has a spec with fields. */
function hasFields(object: object): boolean {
  return 'spec' in object && Object.keys(object.spec as object).length > 0;
}

describe.each(KINDS)('the schema by which controllers read %s', (name, kind) => {
  const ours = schemaOf(crdOf(name));
  const validate = validator(ours);

  it('fits every object that the CRD accepts', () => {
    const taken = stored(kind, ours).filter((object) => validate(object).length === 0 && isRead(kind, object));
    assertReaching({ ...RUNS, floor: 80 }, (tell) =>
      fc.property(taken, (object) => {
        expect(kind.misfit(object)).toBeUndefined();
        tell(hasFields(object));
      }),
    );
  });

  const text = upstreamCrd(name);

  withUpstream(text).it('fits, like the CRD, every object that the upstream CRD accepts', () => {
    const theirs = withOpenPodSpec(schemaOf(parse(text ?? '')));
    const isTaken = validator(theirs);
    const taken = stored(kind, theirs).filter((object) => isTaken(object).length === 0 && isRead(kind, object));
    assertReaching({ ...RUNS, floor: 110 }, (tell) =>
      fc.property(taken, ({ metadata, ...object }: { readonly metadata?: unknown }) => {
        expect(kind.misfit({ ...object, metadata })).toBeUndefined();
        expect([...validate(object), ...pruned(ours, object)]).toEqual([]);
        tell(hasFields(object));
      }),
    );
  });
});
