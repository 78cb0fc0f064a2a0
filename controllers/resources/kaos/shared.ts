/** The room resources/kaos/ reads the custom resources of KAOS, and has their CRDs. */

import { Type } from '@sinclair/typebox';

/** Group and version of KAOS: https://github.com/axsaucedo/kaos */
export const KAOS_API_VERSION = 'kaos.tools/v1alpha1';

/** `spec.gatewayRoute`. KAOS takes timeouts that Gateway API refuses, so the timeout is any text here. */
export const GatewayRoute = Type.Optional(Type.Object({ timeout: Type.Optional(Type.String()) }));
