import type { JsonObject } from '../base/json.ts';
import { parseStrictJson } from '../base/strict-json.ts';

/** Reads an object that this store wrote, without a prototype as all claims are. @throws where the row is damaged */
export function readJsonObject(text: string): JsonObject {
  const parsed = parseStrictJson(Buffer.from(text));
  if (parsed.ok && typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value)) {
    return parsed.value as JsonObject;
  }
  throw new Error('A row of the store holds no JSON object where there should be one.');
}
