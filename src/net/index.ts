export { addressKind } from './address-kind.ts';
export { createHttpClient } from './create-http-client.ts';
export type { Resolver } from './guarded-lookup.ts';
export type {
  HttpClient,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  HttpStream,
  HttpStreamRequest,
  JsonDocument,
  StreamingHttpClient,
} from './http-client.ts';
export { HttpOptionsInvalid } from './http-options-invalid.ts';
export { jsonDocument } from './json-document.ts';
export type { NetFailure, NetFailureCode } from './net-failure.ts';
export type { NetFailed, NetResult } from './net-result.ts';
export { isLoopbackHost } from './proxy-settings.ts';
