/** How the parts of an object grow. */

export type Grow = (count: number) => Fields;

/** What grows of an object. */
export interface Fields {
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

type Part = (count: number) => object;
export type Parts = Readonly<Record<string, Part>>;

export function items<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: Math.ceil(count) }, (_, index) => item(index));
}

export function map<Value>(count: number, value: Value, key = (index: number) => `k${index}`): Record<string, Value> {
  return Object.fromEntries(items(count, (index) => [key(index), value]));
}

export function nested(depth: number, value: unknown): unknown {
  return depth === 0 ? value : { a: nested(depth - 1, value) };
}

export function renamed(parts: Parts, name: (part: string) => string, wrap: (value: object) => object): Parts {
  return Object.fromEntries(
    Object.entries(parts).map(([part, grow]) => [name(part), (count: number) => wrap(grow(count))]),
  );
}

export const fromConfigMap = (name: string, key: string) => ({
  name: 'V',
  valueFrom: { configMapKeyRef: { name, key } },
});
