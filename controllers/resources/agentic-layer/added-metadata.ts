import { Type } from '../../typebox.ts';

function stringMap(description: string) {
  return Type.Optional(Type.Record(Type.String(), Type.String(), { description }));
}

function addedMetadata(description: string) {
  const properties = { labels: stringMap('Labels to add.'), annotations: stringMap('Annotations to add.') };
  return Type.Optional(Type.Object(properties, { description }));
}

/** `spec.commonMetadata` and `spec.podMetadata` of the agent runtime's kinds. */
export const addedMetadataFields = {
  commonMetadata: addedMetadata('Labels and annotations for the Deployment, its pods and the Service.'),
  podMetadata: addedMetadata('Labels and annotations for the pods only.'),
};
