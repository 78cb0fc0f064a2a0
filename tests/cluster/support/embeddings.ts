/** The body of a call for embeddings. */
export interface Texts {
  readonly model: string;
  readonly input: string | readonly string[];
}

const DIMENSIONS = 64;

/** The answer of a provider to a call for embeddings. Texts with the same words have similar vectors. */
export function embedded({ model, input }: Texts): object {
  const data = [input].flat().map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) }));
  return { object: 'list', model, data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}

/** Counts the words of a text, each at the place that its letters give. As of real models, the vector has the length 1. */
function vectorOf(text: string): number[] {
  const counts = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/\w+/g) ?? ['']) {
    const place = [...word].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % DIMENSIONS;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const length = Math.hypot(...counts);
  return counts.map((count) => count / length);
}
