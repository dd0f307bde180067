import {
  familyEnded,
  federationFailed,
  federationOffered,
  guessingLimited,
  keysRotated,
  providerFailed,
  requestRefused,
  signInFailed,
  signInSucceeded,
  signInsEnded,
  tokenExchanged,
  tokenIssued,
  tokensRevoked,
} from '../../provider/index.ts';
import { isoTime } from '../iso-time.ts';
import type { Listener } from './listener.ts';

export const listenToProvider: Listener = (logger, metrics) => [
  tokenIssued.listen(({ id, kind, client, subject, audience, scopes, expiresAt }) => {
    metrics.tokensIssued.inc({ audience: audience ?? 'none', kind });
    // Named one by one: what else is announced, such as the claims about a person, is not for the log.
    logger.info({ id, kind, client, subject, audience, scopes, expires_at: isoTime(expiresAt) }, 'token issued');
  }),
  tokenExchanged.listen(({ grant, id, client, subject, audience, scopes, subjectToken }) => {
    const { issuer, hash } = subjectToken;
    metrics.tokensExchanged.inc({ grant, issuer });
    // `id` leads to the line of the token that was issued, `token_hash` to the requests that had the other one.
    const from = { issuer, subject: subjectToken.subject, client: subjectToken.client, token_hash: hash };
    logger.info({ grant, id, client, subject, audience, scopes, from }, 'token exchanged');
  }),
  requestRefused.listen((refusal) => {
    metrics.providerRefusals.inc({ endpoint: refusal.endpoint, error: refusal.error });
    logger.warn(refusal, 'refused by the provider');
  }),
  signInSucceeded.listen((signIn) => {
    metrics.signIns.inc({ outcome: 'succeeded' });
    logger.info(signIn, 'signed in');
  }),
  signInFailed.listen((signIn) => {
    metrics.signIns.inc({ outcome: 'failed' });
    logger.warn(signIn, 'sign-in failed');
  }),
  federationOffered.listen((offer) => logger.info(offer, 'sign-in offered; the redirect URI must be registered there')),
  federationFailed.listen((failure) => {
    metrics.signIns.inc({ outcome: 'failed' });
    logger.warn(failure, 'sign-in at a federated issuer failed');
  }),
  signInsEnded.listen((ended) => {
    metrics.signInsEnded.inc(ended.sessions.length);
    logger.info(ended, 'sign-ins ended');
  }),
  guessingLimited.listen(({ name, address, retryAfterSeconds }) => {
    metrics.guessingLimited.inc();
    logger.warn({ name, address, retry_after_seconds: retryAfterSeconds }, 'guessing limited');
  }),
  familyEnded.listen(({ grantId, reason, accessTokens }) => {
    metrics.familiesEnded.inc({ reason });
    logger.warn({ grant_id: grantId, reason, access_tokens: accessTokens }, 'token family ended');
  }),
  tokensRevoked.listen((revoked) => logger.info(revoked, 'tokens revoked')),
  keysRotated.listen(({ activated, signsFrom, next }) => {
    metrics.keyRotations.inc();
    logger.info({ activated, signs_from: isoTime(signsFrom), next }, 'signing keys rotated');
  }),
  providerFailed.listen(({ where, error }) => {
    metrics.failures.inc({ module: 'provider' });
    logger.error({ where, error }, 'provider failed');
  }),
];
