import type { Field, Fields } from './field.ts';
import { needsOneOf } from './value-rules.ts';

function needing(...required: readonly string[]): Field {
  return { type: 'object', required };
}

/** Sources of volumes that Kubernetes has removed or that drivers have replaced, with their required fields only. */
export const oldVolumeSources: Fields = {
  awsElasticBlockStore: needing('volumeID'),
  azureDisk: needing('diskName', 'diskURI'),
  azureFile: needing('secretName', 'shareName'),
  cephfs: needing('monitors'),
  cinder: needing('volumeID'),
  flexVolume: needing('driver'),
  flocker: { type: 'object', isAlternative: () => true, whyRefused: needsOneOf(['datasetName', 'datasetUUID']) },
  gcePersistentDisk: needing('pdName'),
  gitRepo: needing('repository'),
  glusterfs: needing('endpoints', 'path'),
  photonPersistentDisk: needing('pdID'),
  portworxVolume: needing('volumeID'),
  quobyte: needing('registry', 'volume'),
  rbd: needing('monitors', 'image'),
  scaleIO: needing('gateway', 'system', 'secretRef', 'volumeName'),
  storageos: needing('volumeName'),
  vsphereVolume: needing('volumePath'),
};
