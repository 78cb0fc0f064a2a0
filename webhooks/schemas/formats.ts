/** The formats of our CRDs that the API server checks. It passes over others, such as int32. */
export const FORMATS = {
  /** An absolute URL, or an absolute path. */
  uri: (value: string) => value.startsWith('/') || URL.canParse(value),
  'date-time': /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/,
} as const;
