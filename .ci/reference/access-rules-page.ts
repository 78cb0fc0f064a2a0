import { AccessRules } from '../../controllers/access/access-rules.ts';
import { structuralSchema } from '../../controllers/kubernetes/crd/structural-schema.ts';
import { fieldsOf, fieldTable } from './field-table.ts';
import { type Page, page } from './markdown.ts';

/** The fields of the list that says who may call what. */
export function accessRulesPage(): Page {
  const fields = fieldsOf(structuralSchema(AccessRules)).filter(([path]) => path !== '');
  return page('access-rules.md', 'Access rules', [
    `The fields of \`accessRules\` in the values of the chart, which are those of the file ACCESS_RULES_FILE.
[The page on access](../access.md) says what becomes of them.`,
    fieldTable(fields),
  ]);
}
