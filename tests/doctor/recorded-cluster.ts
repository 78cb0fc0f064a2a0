import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PlainObject } from '../../controllers/data/plain-object.ts';
import { LOOK_NAMES, type LookName, lookAt } from '../../webhooks/doctor/kinds.ts';
import type { Kubectl, KubectlAnswer } from '../../webhooks/verb.ts';

/** The file with the cluster of the cluster tests in which all is well. `RECORD=1` writes it again (command-doctor.test.ts), and `npm run fix` formats it. */
export const RECORDING = path.join(import.meta.dirname, 'healthy-cluster.json');

// biome-ignore lint/suspicious/noExplicitAny: tests break objects freely.
export type RecordedObject = any;

/** What kubectl printed, by the names of the calls. A test breaks it by one change. */
export interface RecordedCluster {
  /** When it was recorded. */
  now: string;
  version: { clientVersion: { gitVersion: string }; serverVersion: { gitVersion: string } };
  looks: Partial<Record<LookName, RecordedObject[]>>;
  /** Why kubectl fails, by the name of the call, or for all calls. */
  failures?: Partial<Record<LookName | 'all', string>>;
  /** The logs of pods by their names. */
  logs?: Readonly<Record<string, string>>;
}

/** A copy of the cluster in which all is well. */
export function healthyCluster(): RecordedCluster {
  return JSON.parse(readFileSync(RECORDING, 'utf8'));
}

/** kubectl that prints what was recorded. */
export function kubectlOf(cluster: RecordedCluster): Kubectl {
  return (args) => {
    const failed = cluster.failures?.all;
    return failed === undefined ? answer(cluster, args) : { outcome: 'failed', why: failed };
  };
}

function answer(cluster: RecordedCluster, args: readonly string[]): KubectlAnswer {
  const [verb = '', what = ''] = args;
  if (verb === 'version') {
    return printed(cluster.version);
  }
  if (verb === 'logs') {
    return { outcome: 'answered', stdout: cluster.logs?.[what] ?? '' };
  }
  const name = LOOK_NAMES.find((each) => isCallFor(each, args));
  if (name === undefined) {
    throw new Error(`nothing was recorded for kubectl ${args.join(' ')}`);
  }
  const why = cluster.failures?.[name];
  return why === undefined
    ? printed({ apiVersion: 'v1', kind: 'List', items: cluster.looks[name] ?? [] })
    : { outcome: 'failed', why };
}

function isCallFor(name: LookName, args: readonly string[]): boolean {
  const { resource, args: own } = lookAt(name);
  return args[1] === resource && own.every((arg) => args.includes(arg));
}

function printed(value: object): KubectlAnswer {
  return { outcome: 'answered', stdout: JSON.stringify(value) };
}

/** Objects without what no check reads, so that people can read the file. */
export function slim(name: LookName, objects: readonly PlainObject[]): readonly PlainObject[] {
  return objects.map((object) => slimObject(name, object)).filter((object) => isOfInterest(name, object));
}

function slimObject(name: LookName, object: RecordedObject): RecordedObject {
  const { managedFields: _managed, resourceVersion: _version, generateName: _name, ...metadata } = object.metadata;
  const { 'kubectl.kubernetes.io/last-applied-configuration': _applied, ...annotations } = metadata.annotations ?? {};
  const slimmed = { ...object, metadata: { ...metadata, annotations } };
  return name === 'crds' ? slimCrd(slimmed) : slimmed;
}

/** Of the schemas only the fields by which versions of a CRD differ. */
function slimCrd({ spec, status, ...crd }: RecordedObject): RecordedObject {
  const { group, names, scope } = spec;
  const versions = spec.versions.map(({ name, served, storage, schema }: RecordedObject) => {
    const { status: ofStatus, spec: own } = schema.openAPIV3Schema.properties ?? {};
    const rule = own?.properties?.rules?.items?.properties ?? {};
    const properties = {
      ...(ofStatus?.properties?.conditions && { status: { properties: { conditions: {} } } }),
      ...(rule.timeouts && { spec: { properties: { rules: { items: { properties: { timeouts: {} } } } } } }),
    };
    return { name, served, storage, schema: { openAPIV3Schema: { properties } } };
  });
  return { ...crd, spec: { group, names, scope, versions }, status: { conditions: status.conditions } };
}

/** A cluster has many roles and namespaces of its own. */
function isOfInterest(name: LookName, { metadata }: RecordedObject): boolean {
  switch (name) {
    case 'clusterRoles':
    case 'clusterRoleBindings':
      return /metacontroller/.test(metadata.name);
    case 'events':
      return false;
    default:
      return true;
  }
}
