import { parseStrictJson } from '../base/strict-json.ts';
import type { JsonObject } from '../protocol/claims.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';

/** Header and claims are JSON objects (RFC 7515 section 5.2, step 3; RFC 7519 section 7.2, step 10). */
export function parseObject(bytes: Buffer, part: 'header' | 'payload'): Verdict<JsonObject> {
  const json = parseStrictJson(bytes);
  if (!json.ok) return refuse(rejection('json_invalid', { part, fault: json.fault }));
  const { value } = json;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return accept(value as JsonObject);
  return refuse(rejection('json_invalid', { part, fault: 'not an object' }));
}
