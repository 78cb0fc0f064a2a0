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
  ACCESS_AWAIT_POLICIES: Type.Boolean({
    default: true,
    description:
      'Keep a route whose resource has a demand closed until the gateway has accepted its policies. Without it, a new route is open to everybody for a moment.',
  }),
  ACCESS_SETTLE_SECONDS: Type.Integer({
    default: 12,
    minimum: 0,
    maximum: 300,
    description:
      'How long such a route stays closed after that, in seconds. Envoy reads the keys of a new issuer for up to ten seconds, and until then it does not check tokens.',
  }),
  ACCESS_HTTP_JWKS: Type.Boolean({
    default: false,
    description:
      'Let access rules name keys at http:// addresses. Anyone between the gateway and the address can then replace the keys.',
  }),
};
