import type { Json } from './json.ts';

/**
 * Parses JSON (RFC 8259) in which something is escaped. V8 of Node 26 misreads such member names: its parser expects the
 * names that earlier objects had, and where one of those was a lone backslash it takes `"\""` for it. Names without
 * escapes are not touched by that, and neither is a string that stands alone, which is how this reads each of them.
 *
 * @throws SyntaxError where the text is not JSON
 * @throws RangeError where it is nested deeper than the stack
 */
export function parseEscapedJson(text: string): Json {
  const reader = new Reader(text);
  const value = readValue(reader);
  reader.skipSpace();
  if (!reader.isAtEnd) throw new SyntaxError('something follows the value');
  return value;
}

const space = /[ \t\n\r]*/y;
/** From one quotation mark to the next that is not escaped; whether what lies between is proper, JSON.parse says. */
const string = /"(?:[^"\\]+|\\.)*"/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const literal = /true|false|null/y;
const literals: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  skipSpace(): void {
    this.take(space);
  }

  /** @returns what matches here, or undefined */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  /** Whether the next thing after white space is this character, which is then read. */
  has(character: string): boolean {
    this.skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  expect(character: string): void {
    if (!this.has(character)) throw new SyntaxError(`a "${character}" is missing`);
  }
}

function readValue(reader: Reader): Json {
  if (reader.has('{')) return readObject(reader);
  if (reader.has('[')) return readArray(reader);
  const text = reader.take(string);
  if (text !== undefined) return JSON.parse(text) as string;
  const digits = reader.take(number);
  if (digits !== undefined) return Number(digits);
  const word = literals[reader.take(literal) ?? ''];
  if (word === undefined) throw new SyntaxError('no value');
  return word;
}

function readArray(reader: Reader): Json {
  const items: Json[] = [];
  if (reader.has(']')) return items;
  do items.push(readValue(reader));
  while (reader.has(','));
  reader.expect(']');
  return items;
}

function readObject(reader: Reader): Json {
  const object: Record<string, Json> = Object.create(null);
  if (reader.has('}')) return object;
  do {
    reader.skipSpace();
    const name = reader.take(string);
    if (name === undefined) throw new SyntaxError('no member name');
    reader.expect(':');
    object[JSON.parse(name) as string] = readValue(reader);
  } while (reader.has(','));
  reader.expect('}');
  return object;
}
