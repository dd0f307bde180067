export type {
  HttpClient,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  JsonDocument,
  ProxySettings,
} from './http-client.ts';
export { type NetFailure, type NetFailureCode, netFailure, netFailureKinds } from './net-failure.ts';
export { type NetFailed, type NetResult, netFailed, netSuccess } from './net-result.ts';
