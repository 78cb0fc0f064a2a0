import { isPlainObject } from '../../controllers/data/plain-object.ts';
import { mapKey } from '../../controllers/reading.ts';
import { checkDocument } from '../schemas/check-document.ts';
import { crdKinds } from '../schemas/kind-schemas.ts';
import { whyUnknownKind } from '../schemas/near-kind.ts';
import { nameOf } from './cluster-object.ts';
import type { Manifest } from './manifests.ts';
import { error, type Named, type Remark } from './remark.ts';

/** The objects that an API server with our CRDs would store, and an error for each fault. */
export interface CheckedManifests {
  readonly manifests: readonly Manifest[];
  readonly remarks: readonly Remark[];
}

/** Messages name an object with the namespace that it will get. */
function inNamespace(object: Named, namespace: string): Named {
  const isNamespaced = crdKinds.some((kind) => kind.namespaced && mapKey(kind) === mapKey(object));
  return isNamespaced && isPlainObject(object.metadata)
    ? { ...object, metadata: { ...object.metadata, namespace: object.metadata['namespace'] || namespace } }
    : object;
}

/** Reads each object against the CRD of its kind. An object that the API server would refuse is left out. */
export function checkManifests(manifests: readonly Manifest[], namespace: string): CheckedManifests {
  const checked = manifests.map((manifest) => checkManifest(manifest, namespace));
  return {
    manifests: checked.flatMap((each) => each.manifests),
    remarks: checked.flatMap((each) => each.remarks),
  };
}

function checkManifest({ origin, object }: Manifest, namespace: string): CheckedManifests {
  const name = nameOf(inNamespace(object, namespace));
  const whyNoKind = whyUnknownKind(object);
  if (whyNoKind !== undefined) {
    return { manifests: [], remarks: [error(origin, `${name}: ${whyNoKind}`, object)] };
  }
  const checked = checkDocument(object);
  return {
    manifests: checked.object ? [{ origin, object: checked.object }] : [],
    remarks: checked.faults.map((fault) => ({ ...error(origin, `${name}: ${fault}`, object), field: fieldOf(fault) })),
  };
}

/** Each fault begins with the path of its field. */
function fieldOf(fault: string): string {
  return fault.slice(0, fault.indexOf(':'));
}
