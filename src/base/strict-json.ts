import { isUtf8 } from 'node:buffer';
import type { Json } from './json.ts';

/** More levels of arrays and objects than any token, key set or introspection answer has. */
const maxDepth = 32;

export type StrictJson = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly fault: string };

/**
 * Parses JSON (RFC 8259) that can be read in one way only. The engine's own parser decides what is JSON; refused beyond
 * that are invalid UTF-8, a byte order mark, duplicate member names, numbers out of range (1e400), strings with lone
 * surrogates, and more than 32 levels. The fault names the rule, never the text.
 */
export function parseStrictJson(bytes: Uint8Array): StrictJson {
  if (!isUtf8(bytes)) return refused('not UTF-8');
  const parsed = parse(bytes);
  if (parsed === undefined) return refused('not JSON');
  const tally: Tally = { members: 0, fault: undefined };
  inspect(parsed.value, tally, 0);
  if (tally.fault !== undefined) return refused(tally.fault);
  // Each duplicate member leaves a colon in the text and nothing in the value.
  if (tally.members !== countMembers(bytes)) return refused('duplicate member');
  return { ok: true, value: parsed.value };
}

function refused(fault: string): StrictJson {
  return { ok: false, fault };
}

/** `toString` keeps a byte order mark, and JSON.parse refuses it (RFC 8259 section 8.1 lets parsers forgive it). */
function parse(bytes: Uint8Array): { readonly value: Json } | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

interface Tally {
  members: number;
  fault: string | undefined;
}

/** Takes the prototypes away, counts the members and looks for what JSON.parse forgives. */
function inspect(value: Json | undefined, tally: Tally, depth: number): void {
  if (typeof value === 'string') inspectString(value, tally);
  else if (typeof value === 'number') inspectNumber(value, tally);
  else if (typeof value === 'object' && value !== null) {
    if (depth === maxDepth) tally.fault = 'nested too deep';
    else if (Array.isArray(value)) for (const item of value) inspect(item, tally, depth + 1);
    else inspectObject(value as Record<string, Json>, tally, depth + 1);
  }
}

function inspectObject(object: Record<string, Json>, tally: Tally, depth: number): void {
  for (const name of Object.keys(object)) {
    tally.members++;
    inspectString(name, tally);
    inspect(object[name], tally, depth);
  }
  Object.setPrototypeOf(object, null);
}

function inspectString(text: string, tally: Tally): void {
  if (!text.isWellFormed()) tally.fault = 'lone surrogate';
}

function inspectNumber(value: number, tally: Tally): void {
  if (!Number.isFinite(value)) tally.fault = 'number out of range';
}

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

/** The members written in valid JSON: its colons outside of strings. */
function countMembers(json: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < json.length; at++) {
    if (json[at] === colon) count++;
    else if (json[at] === quote) at = endOfString(json, at);
  }
  return count;
}

function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
