/** How long a resource has been there, as all built-in kinds show it. */
export const AGE = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'How long ago it was made.',
} as const;

/** The jsonPath of a part of the condition of one type. */
export function ofCondition(type: string, part: 'status' | 'message'): string {
  return `.status.conditions[?(@.type=="${type}")].${part}`;
}
