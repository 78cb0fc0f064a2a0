import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../webhooks/schemas/check-document.ts';
import { crdKinds, schemaOf } from '../../../webhooks/schemas/kind-schemas.ts';
import { pruned, validator } from '../../support/crds.ts';
import { agent, exposed, gateway, metadata, server } from '../../support/kind-documents.ts';
import { assertReaching } from '../../support/reaching.ts';
import { spoiltDocuments } from '../../support/spoilt-documents.ts';

describe('nothing is said about', () => {
  it.each<[string, object]>([
    [
      'fields that the CRD keeps without a schema',
      agent({ podSpec: { aFieldToCome: [{ at: 1 }], containers: [{ nmae: 'x' }] } }),
    ],
    ['fields of volumes of any type', exposed({ volumes: [{ name: 'a', aTypeToCome: { x: 1 } }] })],
    ['keys of maps', gateway({ podMetadata: { labels: { 'any/key': 'x' }, annotations: { other: 'y' } } })],
    ['an amount as a number or a text', server({ container: { resources: { limits: { cpu: 1, memory: '1Gi' } } } })],
    [
      'null fields, which the API server drops',
      agent({ mcpServers: null, agentNetwork: { expose: null }, config: null }),
    ],
    ['a kind that is not of our CRDs', { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: 'b' }, zzz: 1 }],
  ])('%s', (_what, document) => {
    expect(checkDocument(document as never).faults).toEqual([]);
  });
});

/** The validator of the tests does not know lists that are maps. The tests with a real API server do. */
const REPEATED = 'repeats an earlier item';

describe.each(crdKinds)('for any $kind of $apiVersion', (kind) => {
  const { spec: schema = {} } = schemaOf(kind)?.properties ?? {};

  it('there is a fault exactly if the CRD refuses it, wherever it is', () => {
    const isAccepted = validator(schema);
    assertReaching({ floor: 40 }, (tell) =>
      fc.property(spoiltDocuments(kind), (document) => {
        const isRefused = isAccepted(document.spec).length > 0 || pruned(schema, document.spec).length > 0;
        const faults = checkDocument(document).faults.filter((fault) => !fault.includes(REPEATED));
        expect(faults.length > 0).toBe(isRefused);
        tell(isRefused);
      }),
    );
  });
});
