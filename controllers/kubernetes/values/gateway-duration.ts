/**
 * A Duration of Gateway API (GEP-2257): up to four parts of up to five digits each, such as `1h30m`. `0s` means no timeout.
 * https://gateway-api.sigs.k8s.io/geps/gep-2257/
 */
export const GATEWAY_DURATION = '^([0-9]{1,5}(h|m|s|ms)){1,4}$';

const gatewayDuration = new RegExp(GATEWAY_DURATION);

export function isGatewayDuration(text: string): boolean {
  return gatewayDuration.test(text);
}
