import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';

/** Who or what an event is about, as far as tokens can be found by it (RFC 9493 section 3.2, SSF 1.0 section 3). */
export type SubjectIdentifier =
  | { readonly format: 'iss_sub'; readonly iss: string; readonly sub: string }
  | { readonly format: 'opaque'; readonly id: string }
  | { readonly format: 'email'; readonly email: string }
  | { readonly format: 'jwt_id'; readonly iss: string; readonly jti: string }
  | { readonly format: 'oauth_token'; readonly type: string; readonly algorithm: string; readonly token: string }
  | { readonly format: 'aliases'; readonly identifiers: readonly SubjectIdentifier[] }
  | { readonly format: 'complex'; readonly members: Readonly<Record<string, SubjectIdentifier>> }
  /** A format by which nothing can be found here, such as a phone number. */
  | { readonly format: 'other'; readonly name: string };

type Reader = (identifier: JsonObject) => SubjectIdentifier | undefined;

/** By format, how it is read; undefined where a member is missing or no text. */
const readers: Readonly<Record<string, Reader>> = {
  iss_sub: ({ iss, sub }) => (isText(iss) && isText(sub) ? { format: 'iss_sub', iss, sub } : undefined),
  opaque: ({ id }) => (isText(id) ? { format: 'opaque', id } : undefined),
  email: ({ email }) => (isText(email) ? { format: 'email', email } : undefined),
  jwt_id: ({ iss, jti }) => (isText(iss) && isText(jti) ? { format: 'jwt_id', iss, jti } : undefined),
  oauth_token: ({ token_type: type, token_identifier_alg: algorithm, token }) =>
    isText(type) && isText(algorithm) && isText(token) ? { format: 'oauth_token', type, algorithm, token } : undefined,
};

/** Google writes `iss-sub` (RISC 1.0 section 3.1, and the drafts before RFC 9493). */
const oldNames: Readonly<Record<string, string>> = { 'iss-sub': 'iss_sub', 'id-token-claims': 'id_token_claims' };

/** What a complex subject may consist of (SSF 1.0 section 3.3). */
const complexMembers = ['user', 'session', 'application', 'device', 'tenant', 'org_unit', 'group'];

/** More than any transmitter sends. */
const maxIdentifiers = 16;

/** Characters: more than any value that tokens have. */
const longestText = 2048;

/** Reads `sub_id`, or what stands for it. A malformed part refuses the whole: half a subject is another subject. */
export function readSubject(value: Json | undefined): SignalVerdict<SubjectIdentifier> {
  const read = isComplex(value) ? readComplex : readSimple;
  const subject = isJsonObject(value) ? read(value) : undefined;
  return subject === undefined ? refuseSignal('subject_malformed', { format: formatOf(value) }) : understood(subject);
}

function readSimple(identifier: JsonObject): SubjectIdentifier | undefined {
  const format = formatOf(identifier);
  if (format === undefined) return undefined;
  if (format === 'aliases') return readAliases(identifier);
  if (!Object.hasOwn(readers, format)) return { format: 'other', name: format.slice(0, 64) };
  return readers[format]?.(identifier);
}

/** RFC 9493 section 3.2.8: "MUST NOT be nested" */
function readAliases({ identifiers }: JsonObject): SubjectIdentifier | undefined {
  if (!Array.isArray(identifiers) || identifiers.length === 0 || identifiers.length > maxIdentifiers) return undefined;
  const read = identifiers.map((alias) =>
    isJsonObject(alias) && formatOf(alias) !== 'aliases' ? readSimple(alias) : undefined,
  );
  return read.every((alias) => alias !== undefined) ? { format: 'aliases', identifiers: read } : undefined;
}

/** Okta leaves out `format` where the subject is complex. */
function isComplex(value: Json | undefined): boolean {
  const format = formatOf(value);
  return format === 'complex' || (format === undefined && isJsonObject(value) && isJsonObject(value['user']));
}

function readComplex(value: JsonObject): SubjectIdentifier | undefined {
  const members: Record<string, SubjectIdentifier> = {};
  for (const name of complexMembers) {
    const member = value[name];
    if (member === undefined) continue;
    const read = isJsonObject(member) ? readSimple(member) : undefined;
    if (read === undefined) return undefined;
    members[name] = read;
  }
  return Object.keys(members).length === 0 ? undefined : { format: 'complex', members };
}

function formatOf(value: Json | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const format = value['format'] ?? value['subject_type'];
  if (!isText(format)) return undefined;
  return Object.hasOwn(oldNames, format) ? oldNames[format] : format;
}

/** A text that tokens can have, and the revocation log can hold. */
export function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longestText && value.isWellFormed();
}
