import type { Clock, EpochMs } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';
import type { HttpResponse } from '../net/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Verdict } from '../protocol/verdict.ts';
import {
  type AlgorithmName,
  checkExpiry,
  decodeJwt,
  type KeySet,
  type UnverifiedJwt,
  verifySignature,
} from '../tokens/index.ts';
import { type Asked, unanswered } from './answer.ts';
import { type AnswerForm, introspectionParameters } from './answer-form.ts';
import { introspectionFailure } from './introspection-failure.ts';
import type { AnswerKeys } from './introspection-options.ts';
import { readAnswer } from './plain-answer.ts';
import { refusedStatus } from './refused-status.ts';

/** What is demanded of a signed answer (RFC 9701 section 5). */
export interface SignedAnswerRules {
  /** Accepted `iss`. */
  readonly issuers: readonly string[];
  /** Ours: an answer for another resource server is none for us. */
  readonly clientId: string;
  readonly algorithms: readonly AlgorithmName[];
  readonly leewaySeconds: number;
  readonly keys: AnswerKeys;
  readonly clock: Clock;
}

const subtype = 'token-introspection+jwt';

/** Seconds. An answer says nothing of which token it was asked about: an old one must not be shown again for another. */
const maxAgeSeconds = 300;

/** RFC 9701: the answer is a JWT of its own type, signed by the issuer, for us. Plain answers do not count. */
export function signedAnswer(rules: SignedAnswerRules): AnswerForm {
  return Object.freeze({
    accept: `application/${subtype}`,
    parametersFor: introspectionParameters,
    async read(response, askedAt) {
      const refused = refusedStatus(response);
      if (refused !== undefined) return unanswered(refused);
      const mediaType = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
      if (mediaType !== `application/${subtype}`) {
        return unanswered(introspectionFailure('answer_not_signed', { expected: `application/${subtype}` }));
      }
      return readSigned(response, askedAt, rules);
    },
  } satisfies AnswerForm);
}

async function readSigned({ body }: HttpResponse, askedAt: EpochMs, rules: SignedAnswerRules): Promise<Asked> {
  const jwt = decodeJwt(body.toString('latin1'), body.length);
  if (!jwt.ok) return distrusted(jwt.rejection);
  const signed = await checkSignature(jwt.value, rules);
  if (signed === undefined) return unanswered(introspectionFailure('keys_unavailable'));
  if (!signed.ok) return distrusted(signed.rejection);
  const unfit = checkContent(jwt.value, rules);
  if (unfit !== undefined) return distrusted(unfit);
  const { iat, token_introspection } = jwt.value.payload;
  // One that was made beforehand is as old as it says, clocks aside.
  const madeBy = (Number(iat) + rules.leewaySeconds) * 1000;
  return readAnswer(token_introspection, Math.min(askedAt, madeBy), body.length);
}

/** The rejection is one of the answer, not of the token. */
function distrusted({ code, facts }: Rejection): Asked {
  return unanswered(introspectionFailure('answer_not_trusted', { check: code, ...facts }));
}

/** A key that is not known yet is asked for once, as for an access token. @returns undefined: no keys can be had */
async function checkSignature(jwt: UnverifiedJwt, rules: SignedAnswerRules): Promise<Verdict<unknown> | undefined> {
  const { keys, algorithms } = rules;
  const { kid } = jwt.header;
  const check = (keySet: KeySet): Verdict<unknown> => verifySignature(jwt.jws, algorithms, keySet);
  const known = keys.current();
  const verdict = known === undefined ? undefined : check(known);
  if (verdict !== undefined && (verdict.ok || !mayBeOfNewKey(verdict.rejection, kid))) return verdict;
  const fresh = await keys.refresh(kid);
  return fresh === undefined ? undefined : check(fresh);
}

function mayBeOfNewKey({ code }: Rejection, kid: string | undefined): boolean {
  return code === 'key_unknown' || (code === 'signature_invalid' && kid === undefined);
}

function checkContent({ header, payload }: UnverifiedJwt, rules: SignedAnswerRules): Rejection | undefined {
  return checkType(header.typ) ?? checkParties(payload, rules) ?? checkTimes(payload, rules);
}

/** RFC 9701 section 5: "typ" is "token-introspection+jwt": so an access token that is echoed back is no answer. */
function checkType(typ: string | undefined): Rejection | undefined {
  if (typ?.toLowerCase().replace(/^application\//, '') === subtype) return undefined;
  return rejection('token_type_not_accepted', { typ, accepted: [subtype] });
}

function checkParties({ iss, aud }: JsonObject, { issuers, clientId }: SignedAnswerRules): Rejection | undefined {
  if (typeof iss !== 'string' || !issuers.includes(iss)) {
    return rejection('claim_invalid', { claim: 'iss', expected: issuers, actual: iss });
  }
  const isForUs = Array.isArray(aud) ? aud.includes(clientId) : aud === clientId;
  return isForUs ? undefined : rejection('claim_invalid', { claim: 'aud', expected: clientId, actual: aud });
}

/** RFC 9701 section 5 demands `iat` and advises against `exp`; one that is there is obeyed. */
function checkTimes({ iat, nbf, exp }: JsonObject, rules: SignedAnswerRules): Rejection | undefined {
  const { leewaySeconds } = rules;
  const now = rules.clock();
  if (typeof iat !== 'number') return rejection('claim_missing', { claim: 'iat' });
  return (
    checkExpiry({ iat, nbf, exp: iat + maxAgeSeconds }, leewaySeconds, now) ??
    (exp === undefined ? undefined : checkExpiry({ exp }, leewaySeconds, now))
  );
}
