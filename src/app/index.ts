export { type Application, type ComposeOptions, compose, type Role, roles } from './compose.ts';
export { issuerOptions } from './issuer-options.ts';
export { type ListenAddress, listen, StartupFailure } from './listener.ts';
export { outboundClient } from './outbound.ts';
