import { type Document, parseAllDocuments, type Tags } from 'yaml';

/** YAML 1.1 tags that kubectl does not know. For it, `yes` and `no` are booleans, but dates and times are strings. */
const UNKNOWN_TO_KUBECTL = ['binary', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`);

function kubectlTags(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === 'string' || !(UNKNOWN_TO_KUBECTL.includes(tag.tag) || tag.format === 'TIME'),
  );
}

/** Parses the documents in a YAML or JSON text. Each document has its own errors. */
export function parseDocuments(text: string): readonly Document[] {
  const documents = parseAllDocuments(separated(text), {
    schema: 'yaml-1.1',
    merge: true,
    customTags: kubectlTags,
    logLevel: 'error',
  });
  return Array.isArray(documents) ? documents : [];
}

/** Puts the `---` lines that YAML needs between JSON documents, which jq prints one after another. */
function separated(text: string): string {
  return text.trimStart().startsWith('{') ? text.replaceAll(/\}\s*\n\s*\{/g, '}\n---\n{') : text;
}
