export type { AnswerListener, DownstreamAnswer } from './downstream-answer.ts';
export type {
  ConnectionListener,
  ConnectionSettings,
  DownstreamConnection,
  Handover,
} from './downstream-connection.ts';
export { DownstreamServer } from './downstream-server.ts';
export { BodyUnreadable, type RequestBody } from './request-body.ts';
export type { RequestHead } from './request-head.ts';
export { statusLine } from './status-line.ts';
