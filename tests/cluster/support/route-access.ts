import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AccessRules } from '../../../controllers/access/access-rules.ts';
import type { Manifest } from '../../support/helm.ts';
import { backendOf, type HttpRoute, renderObjects, routesOf, toBackends } from './example-routes.ts';

/** An Agent of KAOS in the namespace `access`. */
export function accessAgent(name: string): object {
  return {
    apiVersion: 'kaos.tools/v1alpha1',
    kind: 'Agent',
    metadata: { name, namespace: 'access' },
    spec: { modelAPI: 'llm', model: 'm' },
  };
}

/** What `render` makes of these resources under access rules, for Envoy Gateway; keys may be at http:// addresses. */
export async function renderAccess(
  resources: readonly object[],
  rules: AccessRules,
  ...flags: readonly string[]
): Promise<readonly Manifest[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'access-rules-'));
  const file = path.join(folder, 'rules.json');
  writeFileSync(file, JSON.stringify(rules));
  const settings = [`--access-rules-file=${file}`, '--access-dialect=envoy-gateway', '--access-http-jwks=true'];
  try {
    const input = resources.map((resource) => JSON.stringify(resource)).join('\n---\n');
    return await renderObjects([...settings, ...flags, '-'], input);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The policies and routes among these objects, with Backends on this port of the loopback in place of Services. */
export function backedBy(objects: readonly Manifest[], port: number): readonly Manifest[] {
  const policies = objects.filter(({ kind }) => kind.endsWith('Policy'));
  const routes = routesOf(objects).flatMap((route) => [toBackends(route), ...backendsOf(route, port)]);
  return [...policies, ...routes];
}

/** A closed route leads nowhere. */
function backendsOf(route: HttpRoute, port: number): readonly Manifest[] {
  const isClosed = route.spec.rules.every(({ backendRefs }) => backendRefs === undefined);
  return isClosed ? [] : [backendOf(route, { host: '127.0.0.1', port })];
}
