/** The age of a resource, as all built-in kinds show it. */
export const AGE = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Time since creation.',
} as const;

/** The jsonPath of one field of the condition with this type. */
export function ofCondition(type: string, part: 'status' | 'message'): string {
  return `.status.conditions[?(@.type=="${type}")].${part}`;
}
