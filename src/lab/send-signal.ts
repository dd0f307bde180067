import { createHttpClient, type HttpRequest } from '../net/index.ts';
import type { LabIssuer } from './lab-issuer.ts';
import { type LabSignal, personOf } from './lab-signal.ts';

/** What came of a signal that was sent. */
export interface SignalAnswer {
  readonly status: number | undefined;
  /** What was answered, or why nothing was. */
  readonly answer: string;
}

/** Sends a signal in the way of its kind: RFC 8935, OpenID Connect Back-Channel Logout, Global Token Revocation. */
export async function sendSignal(issuer: LabIssuer, signal: LabSignal): Promise<SignalAnswer> {
  const token = await issuer.signal(signal);
  const http = createHttpClient();
  const sent = await http.send({ method: 'POST', url: signal.to, ...requestOf(signal, token, issuer) });
  await http.close();
  if (!sent.ok) return { status: undefined, answer: sent.failure.title };
  return { status: sent.value.status, answer: sent.value.body.toString() };
}

function requestOf(signal: LabSignal, token: string, issuer: LabIssuer): Pick<HttpRequest, 'headers' | 'body'> {
  const { kind, authorization } = signal;
  if (kind === 'logout') {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { headers, body: new URLSearchParams({ logout_token: token }).toString() };
  }
  if (kind === 'global-revocation') {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const person = issuer.personOf(signal.subject);
    return { headers, body: JSON.stringify({ sub_id: personOf({ issuer: issuer.identifier, person }) }) };
  }
  const headers = { 'content-type': 'application/secevent+jwt', ...(authorization !== undefined && { authorization }) };
  return { headers, body: token };
}
