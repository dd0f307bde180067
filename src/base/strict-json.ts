import { isUtf8 } from 'node:buffer';
import { parseEscapedJson } from './escaped-json.ts';
import type { Json } from './json.ts';

/** More levels of arrays and objects than any token, key set or introspection answer has. */
const maxDepth = 32;

export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly fault: JsonFault };

/** The rule that is broken; the first two mean that it is no JSON at all. */
export type JsonFault =
  | 'not UTF-8'
  | 'not JSON'
  | 'duplicate member'
  | 'number out of range'
  | 'lone surrogate'
  | 'nested too deep';

/**
 * Parses JSON (RFC 8259) that can be read in one way only. The engine's own parser decides what is JSON, but for texts with
 * escapes, whose member names it misreads; refused beyond that are invalid UTF-8, a byte order mark, duplicate member names,
 * numbers out of range (1e400), strings with lone surrogates, and more than 32 levels. The fault names the rule, never the
 * text.
 */
export function parseStrictJson(bytes: Buffer): ParsedJson {
  const read = readJson(bytes);
  if (typeof read === 'string') return refused(read);
  const { value, findings } = read;
  if (findings.fault !== undefined) return refused(findings.fault);
  // Each duplicate member leaves a colon in the text and nothing in the value.
  if (findings.members !== countMembers(bytes)) return refused('duplicate member');
  return { ok: true, value };
}

/**
 * Parses JSON that its owner publishes for everybody, such as a key set: there one bad place must not spoil the rest. Of a
 * member that is written twice the last one counts, as RFC 7517 section 4 allows; what is too deep or out of range is null,
 * half a surrogate pair U+FFFD; a byte order mark is passed over (RFC 8259 section 8.1). Not for a token, nor for what is
 * said of one.
 */
export function parsePublishedJson(bytes: Buffer): ParsedJson {
  const hasMark = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark);
  const read = readJson(hasMark ? bytes.subarray(byteOrderMark.length) : bytes);
  return typeof read === 'string' ? refused(read) : { ok: true, value: read.value };
}

const byteOrderMark = Buffer.from('\ufeff');

function refused(fault: JsonFault): ParsedJson {
  return { ok: false, fault };
}

interface ReadJson {
  /** With what is at fault mended. */
  readonly value: Json;
  readonly findings: Findings;
}

function readJson(bytes: Buffer): ReadJson | JsonFault {
  if (!isUtf8(bytes)) return 'not UTF-8';
  const hasEscapes = bytes.includes(backslash);
  const parsed = parse(bytes, hasEscapes);
  if (parsed === undefined) return 'not JSON';
  // In UTF-8 only an escape can write half of a surrogate pair.
  const findings: Findings = { members: 0, fault: undefined, hasEscapes };
  return { value: examine(parsed.value, findings, 0), findings };
}

/** Decoding keeps a byte order mark, and JSON.parse refuses it (RFC 8259 section 8.1 would let it be ignored). */
function parse(bytes: Buffer, hasEscapes: boolean): { readonly value: Json } | undefined {
  const text = bytes.toString('utf8');
  try {
    return { value: hasEscapes ? parseEscapedJson(text) : (JSON.parse(text) as Json) };
  } catch {
    return undefined;
  }
}

interface Findings {
  members: number;
  fault: JsonFault | undefined;
  readonly hasEscapes: boolean;
}

/** Looks for what JSON.parse forgives, counts the members, and gives the objects back without a prototype. */
function examine(value: Json, findings: Findings, depth: number): Json {
  if (typeof value === 'string') return examineString(value, findings);
  if (typeof value === 'number' && !Number.isFinite(value)) return atFault(findings, 'number out of range');
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return atFault(findings, 'nested too deep');
  if (Array.isArray(value)) return value.map((item) => examine(item, findings, depth + 1));
  return examineObject(value as Record<string, Json>, findings, depth + 1);
}

function atFault(findings: Findings, fault: JsonFault): null {
  findings.fault = fault;
  return null;
}

function examineString(text: string, findings: Findings): string {
  if (!findings.hasEscapes || text.isWellFormed()) return text;
  findings.fault = 'lone surrogate';
  return text.toWellFormed();
}

/**
 * In place, where names are as they should be: copies that are filled member by member share no shape, take several times
 * the time, and three times the memory for good.
 */
function examineObject(object: Record<string, Json>, findings: Findings, depth: number): Json {
  if (findings.hasEscapes) return mendedCopy(object, findings, depth);
  const names = Object.keys(object);
  findings.members += names.length;
  for (const name of names) {
    const member = object[name] ?? null;
    const examined = examine(member, findings, depth);
    if (examined !== member) object[name] = examined;
  }
  return Object.setPrototypeOf(object, null) as Json;
}

function mendedCopy(parsed: Record<string, Json>, findings: Findings, depth: number): Json {
  const object: Record<string, Json> = Object.create(null);
  for (const [name, member] of Object.entries(parsed)) {
    findings.members++;
    object[examineString(name, findings)] = examine(member, findings, depth);
  }
  return object;
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
