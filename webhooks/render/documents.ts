import { type Document, parseAllDocuments, type Tags } from 'yaml';

/** YAML 1.1 as kubectl reads it: `yes` and `no` are booleans, but dates and clock times stay text. */
const UNKNOWN_TO_KUBECTL = ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`);

function kubectlTags(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === 'string' || !(UNKNOWN_TO_KUBECTL.includes(tag.tag) || tag.format === 'TIME'),
  );
}

/** The documents of a YAML or JSON text, each with its own errors. */
export function parseDocuments(text: string): readonly Document[] {
  const documents = parseAllDocuments(separated(text), {
    schema: 'yaml-1.1',
    merge: true,
    customTags: kubectlTags,
    logLevel: 'error',
  });
  return Array.isArray(documents) ? documents : [];
}

/** JSON documents one after another, as jq prints them, with the lines between them that YAML wants. */
function separated(text: string): string {
  return text.trimStart().startsWith('{') ? text.replaceAll(/\}\s*\n\s*\{/g, '}\n---\n{') : text;
}
