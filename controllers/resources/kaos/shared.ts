/** The room resources/kaos/ has the readings and the CRDs of KAOS resources. */

import { Type } from '../../typebox.ts';

/** API group and version of KAOS: https://github.com/axsaucedo/kaos */
export const KAOS_API_VERSION = 'kaos.tools/v1alpha1';

/** `spec.gatewayRoute`. KAOS accepts timeouts that are not valid in Gateway API, so this accepts any text. */
export const GatewayRoute = Type.Optional(Type.Object({ timeout: Type.Optional(Type.String()) }));
