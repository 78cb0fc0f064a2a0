import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkDocument } from '../../webhooks/schemas/check-document.ts';
import { crdKinds } from '../../webhooks/schemas/kind-schemas.ts';
import type { Manifest } from '../support/helm.ts';
import { assertReachingAsync } from '../support/reaching.ts';
import { spoiltDocuments } from '../support/spoilt-documents.ts';
import { EVERYTHING, SPECS } from '../support/structural-schemas.ts';
import { type Api, call, mustApply, pathOf } from './support/api.ts';
import { type ControlPlane, startControlPlane } from './support/control-plane.ts';
import { install, ours } from './support/crds.ts';

interface Cause {
  readonly field: string;
  readonly message: string;
}

interface Verdict {
  readonly unknown: readonly string[];
  readonly refused: readonly string[];
}

/** The field of a cause that says that CEL rules were not evaluated, because of the other causes. */
const NOT_RUN = '<nil>';

const OURS = [...ours('agent-runtime-crds'), ...ours('kaos-crds')];

/** The messages of all CEL rules in CRDs. Offline, rules are not evaluated. */
function ruleMessages(definitions: readonly Manifest[]): string[] {
  const messages: string[] = [];
  JSON.parse(JSON.stringify(definitions), (key, value) => {
    if (key === 'x-kubernetes-validations') {
      messages.push(...value.map(({ message }: Cause) => message));
    }
    return value;
  });
  return messages;
}

const RULES = ruleMessages(OURS);

const isOfRule = ({ message }: Cause) => RULES.some((rule) => message.endsWith(rule));

/** The paths of the fields that the API server does not know, and of those whose values it refuses. */
async function verdictOf(api: Api, document: Manifest): Promise<Verdict> {
  const path = (await pathOf(api, document)).replace(/\/[^/]+$/, '');
  const create = (fieldValidation: string) =>
    call(api, 'POST', `${path}?dryRun=All&fieldValidation=${fieldValidation}`, { body: document });
  const strict = (await create('Strict')).body as { readonly message?: string };
  const { details } = (await create('Ignore')).body as { readonly details?: { readonly causes?: readonly Cause[] } };
  const causes = (details?.causes ?? []).filter((cause) => cause.field !== NOT_RUN && !isOfRule(cause));
  const refused = unique(causes.map(({ field }) => field));
  const unknown = [...(strict.message ?? '').matchAll(/unknown field "([^"]+)"/g)].map(([, field = '']) => field);
  return { unknown: unique(unknown.filter((field) => !isInside(field, refused))), refused };
}

/** Whether a field is part of a refused value. We report only the value: its type is wrong. */
function isInside(field: string, refused: readonly string[]): boolean {
  return refused.some((value) => field.startsWith(`${value}.`) || field.startsWith(`${value}[`));
}

function ownVerdict(document: Manifest): Verdict {
  const faults = checkDocument(document).faults.map((fault) => ({
    path: fault.split(': ')[0] ?? '',
    isUnknown: fault.includes('is not a field'),
  }));
  return {
    unknown: unique(faults.filter(({ isUnknown }) => isUnknown).map(({ path }) => path)),
    refused: unique(faults.filter(({ isUnknown }) => !isUnknown).map(({ path }) => path)),
  };
}

const unique = (paths: readonly string[]) => [...new Set(paths)].sort();

/** The CRD of a kind with a schema that uses all that a structural schema can have. */
const EVERYTHING_CRD = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'everythings.test.example.com' },
  spec: {
    group: 'test.example.com',
    names: { kind: 'Everything', plural: 'everythings', listKind: 'EverythingList', singular: 'everything' },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: EVERYTHING } } },
      },
    ],
  },
};

describe('a document offline', () => {
  let cluster: ControlPlane;
  beforeAll(async () => {
    cluster = await startControlPlane();
    await install(cluster.api, [...OURS, EVERYTHING_CRD]);
    await mustApply(cluster.api, [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'n' } }]);
  }, 180_000);
  afterAll(() => cluster?.stop());

  it.each(crdKinds)(
    'has the faults that the API server finds in any $kind of $apiVersion',
    async (kind) => {
      await assertReachingAsync({ numRuns: 60, floor: 20 }, (tell) =>
        fc.asyncProperty(spoiltDocuments(kind), async (document) => {
          // Go escapes other characters in its own way.
          fc.pre(/^[ !#-[\]-~"]*$/.test(JSON.stringify(document)));
          const verdict = await verdictOf(cluster.api, document);
          expect(ownVerdict(document)).toEqual(verdict);
          tell(verdict.unknown.length + verdict.refused.length > 0);
        }),
      );
    },
    120_000,
  );

  it.each(SPECS)(
    'of the spec $spec has the faults of any structural schema',
    async ({ spec, unknown = [], refused = [] }) => {
      const document = {
        apiVersion: 'test.example.com/v1',
        kind: 'Everything',
        metadata: { name: 'a', namespace: 'n' },
        spec,
      };
      const inSpec = (paths: readonly string[]) => paths.map((field) => `spec.${field}`).sort();
      expect(await verdictOf(cluster.api, document)).toEqual({ unknown: inSpec(unknown), refused: inSpec(refused) });
    },
  );
});
