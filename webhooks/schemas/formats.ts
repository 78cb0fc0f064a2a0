/** The values of an integer format: https://spec.openapis.org/oas/v3.0.3#data-types */
function integers(most: number) {
  return { type: 'number', validate: (value: number) => -most - 1 <= value && value <= most } as const;
}

/** The formats of our CRDs, as the API server checks them. It passes over formats that it does not know. */
export const FORMATS = {
  int32: integers(2 ** 31 - 1),
  int64: integers(2 ** 63 - 1),
  /** An absolute URL, or an absolute path. */
  uri: (value: string) => value.startsWith('/') || URL.canParse(value),
  'date-time': /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/,
} as const;
