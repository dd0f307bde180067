export { adminSecretFile } from './admin-secret-file.ts';
export { bootstrapClientId } from './bootstrap-admin.ts';
export { type Application, type ComposeOptions, compose, type Role, roles } from './compose.ts';
export { type ListenAddress, listen, StartupFailure } from './listener.ts';
