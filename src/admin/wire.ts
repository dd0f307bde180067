import { z } from '@hono/zod-openapi';
import type { EpochMs } from '../base/clock.ts';
import type { Json, JsonObject } from '../protocol/claims.ts';

/** Times of the API are RFC 3339 with milliseconds, in UTC. */
export const timeSchema = z.iso.datetime({ offset: true }).openapi({ example: '2027-01-15T08:00:00.000Z' });

/** Names and identifiers that callers give: bounded, so that nothing unbounded gets into the log or the store. */
export const textSchema = z.string().min(1).max(1024);

export function isoTime(at: EpochMs): string {
  return new Date(at).toISOString();
}

export function isoTimeOr(at: EpochMs | undefined): string | null {
  return at === undefined ? null : isoTime(at);
}

/** The facts of a check as JSON: sets become arrays, what JSON cannot say is left out. */
export function jsonOf(facts: Readonly<Record<string, unknown>>): JsonObject {
  return JSON.parse(JSON.stringify(facts, replace)) as JsonObject;
}

function replace(_name: string, value: unknown): Json | undefined {
  if (value instanceof Set) return [...value] as Json[];
  if (typeof value === 'bigint') return value.toString();
  return value as Json;
}

/** The body of a call: JSON, always there. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } } as const;
}
