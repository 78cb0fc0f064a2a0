import type { StructuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';

const text: StructuralSchema = { type: 'string' };

/** A schema with all that a structural schema can have, also what our CRDs do not use. */
export const EVERYTHING: StructuralSchema = {
  type: 'object',
  properties: {
    nullable: { type: 'string', nullable: true },
    choice: { type: 'string', enum: ['a', 'b'], nullable: true },
    port: { 'x-kubernetes-int-or-string': true },
    amount: {
      'x-kubernetes-int-or-string': true,
      anyOf: [{ type: 'integer' }, { type: 'string' }],
      pattern: '^[0-9]+m?$',
      nullable: true,
    },
    set: { type: 'array', items: text, 'x-kubernetes-list-type': 'set' },
    map: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'protocol'],
        properties: { name: text, protocol: text, value: text },
      },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name', 'protocol'],
    },
    open: {
      type: 'object',
      properties: { known: { type: 'object', properties: { inner: text } } },
      'x-kubernetes-preserve-unknown-fields': true,
    },
    anything: { 'x-kubernetes-preserve-unknown-fields': true },
    embedded: {
      type: 'object',
      properties: { spec: { type: 'object', properties: { inner: text } } },
      'x-kubernetes-embedded-resource': true,
    },
    limits: {
      type: 'object',
      properties: {
        short: { type: 'string', minLength: 2, maxLength: 3 },
        few: { type: 'array', items: text, minItems: 1, maxItems: 2 },
        ratio: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1 },
        below: { type: 'number', maximum: 1, exclusiveMaximum: true },
        even: { type: 'integer', multipleOf: 2 },
        labels: { type: 'object', additionalProperties: text, minProperties: 1, maxProperties: 2 },
      },
    },
    either: {
      type: 'object',
      properties: { one: text, other: text },
      oneOf: [{ required: ['one'] }, { required: ['other'] }],
    },
  },
};

const OBJECT = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { a: 'b' } } };

interface SpecWithFaults {
  readonly spec: object;
  /** Paths in the spec, without a dot at the beginning. */
  readonly unknown?: readonly string[];
  readonly refused?: readonly string[];
}

/** Specs of this schema, each with the paths of the fields that the API server does not know or whose values it refuses. */
export const SPECS: readonly SpecWithFaults[] = [
  { spec: {} },
  { spec: { nullable: null, amount: null, port: null, set: null } },
  { spec: { choice: null }, refused: ['choice'] },
  { spec: { choice: 'c' }, refused: ['choice'] },
  { spec: { port: 80, amount: '5m' } },
  { spec: { port: 'http', amount: 5 } },
  { spec: { port: 1.5, amount: '5x' }, refused: ['port', 'amount'] },
  { spec: { port: true, amount: { a: 1 } }, refused: ['port', 'amount'] },
  { spec: { set: ['a', 'b'] } },
  { spec: { set: ['a', 'b', 'a'] }, refused: ['set[2]'] },
  {
    spec: {
      map: [
        { name: 'a', protocol: 'x' },
        { name: 'a', protocol: 'y' },
      ],
    },
  },
  {
    spec: {
      map: [
        { name: 'a', protocol: 'x' },
        { name: 'a', protocol: 'x' },
      ],
    },
    refused: ['map[1]'],
  },
  { spec: { map: [{ name: 'a', protocol: 'x', vaule: 'b' }] }, unknown: ['map[0].vaule'] },
  { spec: { map: [{ name: 'a' }] }, refused: ['map[0].protocol'] },
  { spec: { open: { extra: { deep: [1] }, known: { inner: 'a' } } } },
  { spec: { open: { extra: 1, known: { iner: 'a' } } }, unknown: ['open.known.iner'] },
  { spec: { anything: [{ a: 1 }] } },
  { spec: { anything: 'a' } },
  { spec: { embedded: { ...OBJECT, spec: { inner: 'a' } } } },
  {
    spec: { embedded: { ...OBJECT, spec: { iner: 'a' }, data: {} } },
    unknown: ['embedded.spec.iner', 'embedded.data'],
  },
  {
    spec: { limits: { short: 'a', few: [], ratio: 0, even: 3, labels: {} } },
    refused: ['limits.short', 'limits.few', 'limits.ratio', 'limits.even', 'limits.labels'],
  },
  {
    spec: { limits: { short: 'abcd', few: ['a', 'b', 'c'], ratio: 1.5, below: 1, labels: { a: '', b: '', c: '' } } },
    refused: ['limits.short', 'limits.few', 'limits.ratio', 'limits.below', 'limits.labels'],
  },
  { spec: { limits: { short: 'ab', few: ['a'], ratio: 0.5, even: 2, labels: { 'any/key': '' } } } },
  { spec: { limits: { labels: { a: 1 } } }, refused: ['limits.labels.a'] },
  { spec: { either: { one: 'a' } } },
];
