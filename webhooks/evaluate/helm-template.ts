import { type Document, isCollection, visit } from 'yaml';

/** A line or a value of a Go template. */
const ACTION = /\{\{-?\s*(?:[.$(/"]|(?:if|else|end|range|with|define|template|block|include|toYaml|tpl|printf)\b)/;
/** An action that only Helm has. Prompts of agents may have other text in double braces. */
const HELM_ACTION = /\{\{-?\s*(?:.*[\s(])?(?:[.$][\w.]*\b(?:Values|Release|Chart|Capabilities)\b|include\s+"|toYaml\s)/;

/** Whether a document is a Helm template that was not rendered. Such a template is YAML only by chance. `text` is its source. */
export function isHelmTemplate(document: Document, text: string): boolean {
  return document.errors.length > 0 ? ACTION.test(text) : hasAction(document);
}

function hasAction(document: Document): boolean {
  let isFound = false;
  visit(document, {
    // `{{ .x }}` as a value is a map whose key is a map.
    Pair: (_key, { key }) => found(isCollection(key)),
    Scalar: (_key, { type, value }) => found(!isBlock(type) && typeof value === 'string' && HELM_ACTION.test(value)),
  });
  return isFound;

  function found(isAction: boolean): symbol | undefined {
    isFound ||= isAction;
    return isFound ? visit.BREAK : undefined;
  }
}

/** A block of text may explain templates. */
function isBlock(type: string | null | undefined): boolean {
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';
}
