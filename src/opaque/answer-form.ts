import type { EpochMs } from '../base/clock.ts';
import type { HttpResponse } from '../net/index.ts';
import type { Asked } from './answer.ts';

/** How an endpoint is asked, and how its answers are read. */
export interface AnswerForm {
  /** The media type that is asked for. */
  readonly accept: string;
  /** The parameters of the body besides those of client authentication; the token is one of them. */
  parametersFor(token: string): Readonly<Record<string, string>>;
  /** @param askedAt when the request was sent */
  read(response: HttpResponse, askedAt: EpochMs): Asked | Promise<Asked>;
}

/**
 * RFC 7662 section 2.1. The hint keeps a server that looks it up from finding a refresh token first; it decides nothing,
 * for a server may ignore it.
 */
export function introspectionParameters(token: string): Readonly<Record<string, string>> {
  return { token, token_type_hint: 'access_token' };
}
