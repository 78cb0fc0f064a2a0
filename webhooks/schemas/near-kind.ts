import { nearestName } from '../../controllers/data/nearest-name.ts';
import { quote } from '../../controllers/data/quote.ts';
import type { TypeMeta } from './hints.ts';
import { crdKinds } from './kind-schemas.ts';

const API_VERSIONS = [...new Set(crdKinds.map(({ apiVersion }) => apiVersion))];

/**
 * What is wrong with the kind or the version of an object that was meant to be of one of our CRDs. Undefined if it is of one, or
 * of a kind of its own: our groups have more kinds than our CRDs.
 */
export function whyUnknownKind({ apiVersion, kind }: TypeMeta): string | undefined {
  const ofVersion = kindsOf(apiVersion);
  if (ofVersion.length > 0) {
    return ofVersion.includes(kind) ? undefined : misspeltKind(kind, apiVersion);
  }
  const meant = API_VERSIONS.find((known) => groupOf(known) === groupOf(apiVersion)) ?? nearestVersion(apiVersion);
  const isOurs = meant !== undefined && nearestName(kind, kindsOf(meant)) !== undefined;
  return isOurs ? `apiVersion: ${quote(apiVersion)} is not served; expected ${JSON.stringify(meant)}` : undefined;
}

function misspeltKind(kind: string, apiVersion: string): string | undefined {
  const near = nearestName(kind, kindsOf(apiVersion));
  return near === undefined
    ? undefined
    : `kind: ${quote(kind)} is not a kind of ${apiVersion}; expected one of ${kindsOf(apiVersion)
        .map((name) => JSON.stringify(name))
        .join(', ')}; did you mean ${JSON.stringify(near)}?`;
}

/** Our group, if this one is nearly it. A version in the name, as `v1beta1`, may be wrong too. */
function nearestVersion(apiVersion: string): string | undefined {
  const near = nearestName(groupOf(apiVersion), API_VERSIONS.map(groupOf));
  return API_VERSIONS.find((known) => groupOf(known) === near);
}

function groupOf(apiVersion: string): string {
  return apiVersion.split('/')[0] ?? '';
}

function kindsOf(apiVersion: string): string[] {
  return crdKinds.filter((known) => known.apiVersion === apiVersion).map(({ kind }) => kind);
}
