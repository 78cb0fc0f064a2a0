import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import type { Kind } from '../../controllers/kubernetes/kind.ts';
import { agentKind } from '../../controllers/resources/agentic-layer/agent.ts';
import { agentGatewayKind } from '../../controllers/resources/agentic-layer/agent-gateway.ts';
import { agentGatewayClassKind } from '../../controllers/resources/agentic-layer/agent-gateway-class.ts';
import { filesIn } from '../../webhooks/files.ts';
import { crdOf, crds, pruned, schemaOf, validator, valuesOf } from '../support/crds.ts';
import { ROOT } from '../support/run.ts';
import { upstreamFile } from '../support/upstream.ts';

const RUNS = { numRuns: 200 };

/** What is wrong with an object: what the API server would refuse, and what it would drop. */
function faults(schema: StructuralSchema, value: unknown): readonly string[] {
  return [...validator(schema)(value), ...pruned(schema, value).map((field) => `${field} would be dropped`)];
}

function filesOf(folder: string, end: string): string[] {
  return filesIn(path.join(ROOT, folder)).filter((file) => file.endsWith(end));
}

describe('the CRD of AgentGateway', () => {
  const status = schemaOf(crdOf('agentgateways')).properties?.['status'] ?? {};
  const answered = filesOf('tests/fixtures/agent-gateway', '.sync.response.json')
    .map((file) => JSON.parse(readFileSync(file, 'utf8')).status)
    .filter((written) => written !== null);

  it('keeps every status that is answered', () => {
    const types = answered.flatMap(({ conditions }) => conditions.map(({ type }: { type: string }) => type));
    expect([...new Set(types)]).toEqual(expect.arrayContaining(['Accepted', 'ResolvedRefs', 'Programmed']));
    expect(answered.flatMap((written) => faults(status, written))).toEqual([]);
  });

  it('would refuse and drop what it does not know', () => {
    const [first] = answered[0].conditions;
    expect(faults(status, { conditions: [{ ...first, status: 'Maybe', why: 'x' }], agents: 3 })).toEqual([
      '/conditions/0/status must be equal to one of the allowed values',
      '.conditions[0].why would be dropped',
      '.agents would be dropped',
    ]);
  });
});

it('the CRDs take every object of the examples and keep all of it', () => {
  const schemas = new Map(crds.map((crd) => [(crd.spec.names as { kind: string }).kind, schemaOf(crd)]));
  const objects = filesOf('examples/agent-gateway', '.yaml')
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()))
    .filter(({ apiVersion }) => apiVersion === 'runtime.agentic-layer.ai/v1alpha1');
  expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([...schemas.keys()].sort());
  const found = objects.flatMap(({ metadata: _metadata, ...object }) => faults(schemas.get(object.kind) ?? {}, object));
  expect(found).toEqual([]);
});

const KINDS: readonly (readonly [string, Kind])[] = [
  ['agents', agentKind],
  ['agentgateways', agentGatewayKind],
  ['agentgatewayclasses', agentGatewayClassKind],
];

/** A class without a spec is of no controller: it is passed over with a problem. */
const isRead = (kind: Kind, object: object) => kind !== agentGatewayClassKind || 'spec' in object;

/** Objects of a kind as the API server stores them. */
function stored({ apiVersion, kind }: Kind, { properties = {} }: StructuralSchema): fc.Arbitrary<object> {
  const { spec = {}, status = {} } = properties;
  return fc
    .record({ spec: valuesOf(spec), status: valuesOf(status) }, { requiredKeys: [], noNullPrototype: true })
    .map((parts) => ({ apiVersion, kind, metadata: { name: 'x', namespace: 'y' }, ...parts }));
}

describe.each(KINDS)('what is read of %s', (plural, kind) => {
  const ours = schemaOf(crdOf(plural));
  const validate = validator(ours);

  it('fits whatever the CRD takes', () => {
    const taken = stored(kind, ours).filter((object) => validate(object).length === 0 && isRead(kind, object));
    fc.assert(
      fc.property(taken, (object) => {
        expect(kind.misfit(object)).toBeUndefined();
      }),
      RUNS,
    );
  });

  const text = upstreamFile(`crds/runtime.agentic-layer.ai_${plural}.yaml`);

  it.skipIf(text === undefined)('and the CRD fit whatever the upstream CRD takes', () => {
    const theirs = schemaOf(parse(text ?? ''));
    const isTaken = validator(theirs);
    const taken = stored(kind, theirs).filter((object) => isTaken(object).length === 0 && isRead(kind, object));
    fc.assert(
      fc.property(taken, ({ metadata, ...object }: { readonly metadata?: unknown }) => {
        expect(kind.misfit({ ...object, metadata })).toBeUndefined();
        expect([...validate(object), ...pruned(ours, object)]).toEqual([]);
      }),
      RUNS,
    );
  });
});
