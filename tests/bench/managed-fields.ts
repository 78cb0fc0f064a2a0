/** An entry of `metadata.managedFields` as the API server writes it for fields that a manager set. */
export function managedBy(manager: string, time: string, fields: object): object {
  const [apiVersion, operation] = ['v1', manager === 'metacontroller' ? 'Apply' : 'Update'];
  return { apiVersion, fieldsType: 'FieldsV1', fieldsV1: fieldSet(fields), manager, operation, time };
}

/** The names of all fields, each with `f:` before it. Lists count as one field. */
function fieldSet(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      `f:${name}`,
      typeof value === 'object' && value !== null && !Array.isArray(value) ? { '.': {}, ...fieldSet(value) } : {},
    ]),
  );
}
