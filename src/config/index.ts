export { adminSecretFile } from './admin-secret-file.ts';
export type { ApiConfig, ClientConfig, Config, IssuerConfig } from './config.ts';
export { introspectionOptions } from './introspection-options.ts';
export { issuerIdentifier } from './issuer-identifier.ts';
export { configJsonSchema, type SchemaNode } from './json-schema.ts';
export { loadConfig } from './load-config.ts';
export { type ConfigOutcome, parseConfig } from './parse-config.ts';
export { renderReport } from './render-report.ts';
export { watchConfig } from './watch-config.ts';
