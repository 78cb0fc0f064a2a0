import { ACCESS_DIALECTS } from '../../controllers/settings.ts';
import { Type } from '../../controllers/typebox.ts';
import { filePath } from './variable-forms.ts';

/** The variables of the access rules. */
export const accessVariables = {
  ACCESS_RULES_FILE: Type.Optional(
    Type.String({
      ...filePath,
      allowed: 'the path of a file with access rules',
      description:
        'File in YAML or JSON that says who may call what: docs/access.md. Unset means that everybody may call everything.',
    }),
  ),
  ACCESS_DIALECT: Type.Union(
    ACCESS_DIALECTS.map((dialect) => Type.Literal(dialect)),
    {
      default: 'none',
      description:
        'Gateway for which policies are written beside HTTPRoutes. With none, a route whose resource has a demand is withheld. KrakenD needs no policies.',
    },
  ),
  ACCESS_HTTP_JWKS: Type.Boolean({
    default: false,
    description:
      'Let access rules name keys at http:// addresses. Anyone between the gateway and the address can then replace the keys.',
  }),
};
