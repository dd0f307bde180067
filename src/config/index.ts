export type { AccountConfig, ApiConfig, ClientConfig, Config, IssuerConfig, ProviderConfig } from './config.ts';
export type { Fault } from './fault.ts';
export type { Address } from './fields/address-field.ts';
export { configJsonSchema, type SchemaNode } from './json-schema.ts';
export { loadConfig } from './load-config.ts';
export {
  type ConfigAccepted,
  type ConfigOrigin,
  type ConfigOutcome,
  type ConfigRefused,
  parseConfig,
} from './parse-config.ts';
export { renderReport } from './render-report.ts';
export type { StoreLocation } from './schema/operation-schemas.ts';
export { Secret } from './secret.ts';
export { type WatchOptions, watchConfig } from './watch-config.ts';
