export { type Application, type ComposeOptions, compose, type Role, roles } from './compose.ts';
export { type ListenAddress, listen, StartupFailure } from './listener.ts';
