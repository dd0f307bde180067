import type { EpochMs } from '../base/clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { jsonDocument } from '../net/index.ts';
import { answered, unanswered } from './answer.ts';
import type { AnswerForm } from './answer-form.ts';
import { introspectionFailure } from './introspection-failure.ts';
import { errorCodeOf, refusedStatus } from './refused-status.ts';

/**
 * Google's tokeninfo. It is not RFC 7662: every active token of Google has an answer, whoever it was issued to; numbers
 * and booleans are strings; a bad token has status 400. Nobody authenticates, so the client alone tells our tokens.
 */
export const tokeninfoAnswer: AnswerForm = Object.freeze({
  accept: 'application/json',
  // In the body: a URL would be written into logs on the way.
  parametersFor: (token) => ({ access_token: token }),
  read(response, askedAt) {
    const size = response.body.length;
    if (response.status === 400 && errorCodeOf(response) === 'invalid_token') {
      return answered({ claims: undefined, askedAt, size });
    }
    const refused = refusedStatus(response);
    if (refused !== undefined) return unanswered(refused);
    const document = jsonDocument(response);
    if (!document.ok) return unanswered(document.failure);
    const { value } = document.value;
    if (!isJsonObject(value)) return unanswered(introspectionFailure('answer_malformed', { reason: 'not an object' }));
    return answered({ claims: claimsOf(value, askedAt), askedAt, size });
  },
} satisfies AnswerForm);

/** The first version of the endpoint has other names (issued_to ...), and no time but the seconds that are left. */
const modernNames: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  issued_to: 'azp',
  audience: 'aud',
  user_id: 'sub',
  verified_email: 'email_verified',
});

const numbers: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'expires_in']);
const booleans: ReadonlySet<string> = new Set(['email_verified']);

/** Only what is written like a number or a boolean becomes one; anything else stays, to be refused by its type. */
function claimsOf(document: JsonObject, askedAt: EpochMs): JsonObject {
  const claims: Record<string, Json | undefined> = Object.create(null);
  for (const [name, value] of Object.entries(document)) {
    const modern = modernNames[name];
    if (modern === undefined) claims[name] = convert(name, value);
    else if (!(modern in document)) claims[modern] = convert(modern, value);
  }
  const left = claims['expires_in'];
  if (!('exp' in claims) && typeof left === 'number') claims['exp'] = Math.floor(askedAt / 1000) + left;
  return claims;
}

function convert(name: string, value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value;
  if (numbers.has(name) && /^\d{1,15}$/.test(value)) return Number(value);
  if (booleans.has(name) && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
