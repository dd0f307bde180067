export { type Application, type ComposeOptions, compose } from './compose.ts';
export { issuerOptions } from './issuer-options.ts';
export { type ListenAddress, listen, StartupFailure } from './listener.ts';
export { outboundClient } from './outbound.ts';
export { type Role, roles } from './roles.ts';
export { runWorker } from './run-worker.ts';
