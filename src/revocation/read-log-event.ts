import { isJsonObject, type Json, type JsonObject } from '../base/json.ts';
import type { ServerSentEvent } from '../base/server-sent-events.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import type { LogEvent } from './log-event.ts';
import { readPosition } from './position-text.ts';
import { type RevocationEffect, type RevocationKind, revocationKinds } from './revocation.ts';

/**
 * @returns undefined for what is no event of the log that is understood in full: an entry of a kind that is not known
 *   here cannot be applied, and whoever left it out would let in what is revoked
 */
export function readLogEvent({ type, data, lastId }: ServerSentEvent): LogEvent | undefined {
  const parsed = parseStrictJson(Buffer.from(data));
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  if (type === 'entries') return readEntries(parsed.value, lastId);
  if (type === 'head') return readHead(parsed.value, lastId);
  return type === 'reset' ? { kind: 'reset' } : undefined;
}

function readHead({ elapsed_ms: elapsedMs }: JsonObject, id: string): LogEvent | undefined {
  const position = readPosition(id);
  return position === undefined || typeof elapsedMs !== 'number' ? undefined : { kind: 'head', position, elapsedMs };
}

function readEntries({ after: from, entries: listed }: JsonObject, id: string): LogEvent | undefined {
  const after = typeof from === 'string' ? readPosition(from) : undefined;
  const position = readPosition(id);
  if (after === undefined || position === undefined || !Array.isArray(listed)) return undefined;
  const entries: RevocationEffect[] = [];
  let last = after.seq;
  for (const each of listed as readonly Json[]) {
    const entry = readEntry(each);
    if (entry === undefined || entry.seq <= last) return undefined;
    last = entry.seq;
    entries.push(entry);
  }
  return last <= position.seq ? { kind: 'entries', after, position, entries } : undefined;
}

/** By member of an entry, whether its value is of the right kind. */
const shapes: Readonly<Record<string, (value: Json | undefined) => boolean>> = {
  seq: Number.isSafeInteger,
  at: isNumber,
  issuer: isText,
  kind: (value) => typeof value === 'string' && Object.hasOwn(revocationKinds, value),
  value: isText,
  client: (value) => value === undefined || isText(value),
  before: (value) => value === undefined || isNumber(value),
  from: (value) => value === undefined || isNumber(value),
  expires_at: isNumber,
};

function readEntry(json: Json): RevocationEffect | undefined {
  if (!isJsonObject(json)) return undefined;
  if (!Object.entries(shapes).every(([member, fits]) => fits(json[member]))) return undefined;
  const { seq, at, issuer, kind, value, client, before, from, expires_at: expiresAt } = json as unknown as WireEntry;
  return { seq, at, issuer, kind, value, client, before, from, expiresAt };
}

type WireEntry = Omit<RevocationEffect, 'expiresAt'> & { readonly kind: RevocationKind; readonly expires_at: number };

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function isNumber(value: Json | undefined): boolean {
  return typeof value === 'number';
}
