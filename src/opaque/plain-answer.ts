import type { EpochMs } from '../base/clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import { jsonDocument } from '../net/index.ts';
import { type Asked, answered, unanswered } from './answer.ts';
import { type AnswerForm, introspectionParameters } from './answer-form.ts';
import { introspectionFailure } from './introspection-failure.ts';
import { refusedStatus } from './refused-status.ts';

/** RFC 7662: a JSON object, sent with status 200. */
export const plainAnswer: AnswerForm = Object.freeze({
  accept: 'application/json',
  parametersFor: introspectionParameters,
  read(response, askedAt) {
    const refused = refusedStatus(response);
    if (refused !== undefined) return unanswered(refused);
    const document = jsonDocument(response);
    if (!document.ok) return unanswered(document.failure);
    return readAnswer(document.value.value, askedAt, response.body.length);
  },
} satisfies AnswerForm);

/**
 * RFC 7662 section 2.2: `active` is required, a boolean. Whatever else stands there is no answer: `"true"` is neither
 * yes nor no.
 */
export function readAnswer(document: Json | undefined, askedAt: EpochMs, size: number): Asked {
  if (!isJsonObject(document)) return unanswered(introspectionFailure('answer_malformed', { reason: 'not an object' }));
  const { active, ...claims } = document;
  if (typeof active !== 'boolean') {
    const reason = active === undefined ? 'no `active`' : '`active` is not a boolean';
    return unanswered(introspectionFailure('answer_malformed', { reason }));
  }
  return answered({ claims: active ? withoutPrototype(claims) : undefined, askedAt, size });
}

/** The copy would have a prototype, and with it names that no issuer has said. */
function withoutPrototype(claims: JsonObject): JsonObject {
  return Object.assign(Object.create(null), claims);
}
