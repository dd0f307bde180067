export {
  type ConnectionRefused,
  connectionRefused,
  type Face,
  type RequestFinished,
  requestFinished,
  type TunnelClosed,
  tunnelClosed,
} from './channels.ts';
export type { CorsOptions } from './cors.ts';
export { createGateway, type Gateway, type GatewayDependencies } from './create-gateway.ts';
export type {
  GatewayApi,
  GatewayLimits,
  GatewayOptions,
  GatewayTimeouts,
  RouteOptions,
  UpstreamOptions,
  UpstreamTimeouts,
} from './gateway-options.ts';
export type { ClaimHeaders, IdentityOptions } from './identity.ts';
export type { IdentitySigner } from './identity-signer.ts';
export { findRouteFaults, type RouteFault } from './route-faults.ts';
