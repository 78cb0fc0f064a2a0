import { statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { filesIn } from '../../webhooks/evaluate/files.ts';
import { COMMANDS, ofProgram, readDocument } from '../support/documents.ts';
import { hasHelm, withHelm } from '../support/helm.ts';
import { chartOfDocuments, type KnownObject, knownObjects, whyUnknown } from '../support/known-objects.ts';
import { type KubectlFlags, kubectlCommand, targets } from '../support/kubectl-command.ts';
import { ROOT } from '../support/run.ts';

/** The annotations that documents set. Helm, Metacontroller or this service treats an object with one of them differently. */
const MARKS = [
  'helm.sh/resource-policy=keep',
  'metacontroller.k8s.io/decorator-controller=agent-gateway',
  'metacontroller.k8s.io/decorator-controller=kaos-routes',
  'agent-gateway-hooks/hostnames=agents.example.com',
  'agent-gateway-hooks/hostnames=*',
  'agent-gateway-hooks/hostnames-',
  // Any change of an annotation makes Metacontroller call.
  'resync=now',
  'resync-',
];

let objects: readonly KnownObject[] = [];
beforeAll(() => {
  objects = hasHelm ? [...knownObjects(), ...COMMANDS.flatMap(({ args }) => created(args))] : [];
});

/** Secrets and namespaces that readers create by the documents. */
function created(args: readonly string[]): KnownObject[] {
  if (args[0] !== 'create') {
    return [];
  }
  const { verb, words, flags } = kubectlCommand(args);
  const resource = verb === 'create secret' ? 'secrets' : 'namespaces';
  return [{ resource, namespace: flags.namespace, name: words.at(-1) ?? '', labels: {} }];
}

withHelm.describe('kubectl commands in documents name existing objects', () => {
  it.each(ofProgram('kubectl'))('%s: %s', (_page, _text, { args, input }) => {
    const { verb, words, flags } = kubectlCommand(args);
    const check = CHECKS[verb] ?? expectKnown;
    check(words, flags, input);
  });

  it('the check finds missing objects', () => {
    const unknown = (...args: string[]) => {
      const { words, flags } = kubectlCommand(args);
      return targets(words).map((target) => whyUnknown(objects, target, flags) ?? 'known');
    };
    expect(unknown('get', 'deployment', 'agent-gateway-hooks', '--namespace', 'kaos-system')).toEqual(['known']);
    expect(unknown('get', 'deployment', 'agent-gateway-hooks')).not.toEqual(['known']);
    expect(unknown('get', 'deployment/agent-gateway-hook', '--namespace=kaos-system')).not.toEqual(['known']);
    expect(unknown('get', 'agents', '--all-namespaces')).toEqual(['there is no type agents']);
    expect(unknown('get', 'pod', '--selector=app=gateway', '--all-namespaces')).not.toEqual(['known']);
    expect(unknown('get', 'pods', '--selector=app=agent-gateway', '--namespace=agents')).toEqual(['known']);
  });
});

type Check = (words: readonly string[], flags: KubectlFlags, input: string | undefined) => void;

/** Checks by verb. All other verbs must name known objects. */
const CHECKS: Readonly<Record<string, Check>> = {
  apply: (_words, { filename = '' }, input) => expectManifests(filename === '-' ? input : manifestsAt(filename)),
  'auth can-i': ([verb = '', type = ''], { as: who }) => {
    expect(rightsOfMetacontroller()).toContain(`${verb} ${type}`);
    expect(who).toBe('system:serviceaccount:metacontroller:metacontroller');
  },
  // Other checks know the created objects.
  'create namespace': (words) => expect(words).toHaveLength(1),
  'create secret': (words) => expect(words).toEqual(['generic', expect.any(String)]),
  patch: (words, flags) => {
    expectJsonPatch(flags.patch);
    expectKnown(words, flags);
  },
};

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Permissions in the chart's ClusterRole, such as `list agents.kaos.tools`. */
function rightsOfMetacontroller(): string[] {
  const role = chartOfDocuments().find(({ kind }) => kind === 'ClusterRole');
  const rules = (role?.['rules'] ?? []) as readonly Rule[];
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    verbs.flatMap((verb) =>
      resources.map((resource) => `${verb} ${[resource, ...apiGroups].filter(Boolean).join('.')}`),
    ),
  );
}

/** The manifests of a file, or of all files in a folder. */
function manifestsAt(place: string): string {
  const files = statSync(path.join(ROOT, place)).isDirectory() ? filesIn(place) : [place];
  return files.map(readDocument).join('\n---\n');
}

function expectManifests(text = ''): void {
  const kinds = parseAllDocuments(text).map((document) => document.toJS()?.kind);
  expect(kinds.length).toBeGreaterThan(0);
  expect(kinds.filter((kind) => typeof kind !== 'string')).toEqual([]);
}

function expectJsonPatch(text = ''): void {
  const operations: { readonly op: string; readonly path: string }[] = JSON.parse(text);
  expect(operations.filter(({ op, path }) => !/^(test|remove)$/.test(op) || !path.startsWith('/'))).toEqual([]);
}

function expectKnown(words: readonly string[], flags: KubectlFlags): void {
  const marks = words.filter((word) => word.includes('=') || /^[\w./-]*\w-$/.test(word));
  expect(marks.filter((mark) => !MARKS.includes(mark))).toEqual([]);
  const about = targets(words.filter((word) => !marks.includes(word)));
  expect(about.flatMap((target) => whyUnknown(objects, target, flags) ?? [])).toEqual([]);
}
