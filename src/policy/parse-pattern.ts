/** A pattern as a tree. */
export type PatternNode =
  | { readonly kind: 'character'; matches(character: string): boolean }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

export class PatternInvalid extends Error {}

/** RE2 has none of these, since no automaton can do them. */
const needsBacktracking = /\(\?(?!:|<[A-Za-z_])|\\[bBk1-9]/y;
const token =
  /(?<open>\((?:\?:|\?<\w+>)?)|(?<quantifier>(?:[*+?]|\{\d+(?:,\d*)?\})\??)|(?<mark>[)|^$])|(?<set>\[(?:\\.|[^\]\\])*\]|\.|\\(?:u\{[^}]*\}|u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|u....|x..|c.|[pP]\{[^}]*\}|.))|(?<literal>.)/suy;

/**
 * Reads a regular expression: JavaScript's syntax (with the `u` flag) less what RE2 lacks.
 *
 * @throws {PatternInvalid}
 */
export function parsePattern(source: string): PatternNode {
  try {
    new RegExp(source, 'u');
  } catch (error) {
    throw new PatternInvalid(error instanceof Error ? error.message : 'invalid regular expression');
  }
  return new PatternParser(source).choice();
}

/** Recursive descent over a source that is known to be well-formed. */
class PatternParser {
  readonly #source: string;
  #position = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): PatternNode {
    const options = [this.#sequence()];
    while (this.#source[this.#position] === '|') {
      this.#position++;
      options.push(this.#sequence());
    }
    return { kind: 'choice', options };
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.#position < this.#source.length && !')|'.includes(this.#source.charAt(this.#position))) {
      parts.push(this.#quantified(this.#atom()));
    }
    return { kind: 'sequence', parts };
  }

  #atom(): PatternNode {
    const { open, mark, set, literal } = this.#next();
    if (open !== undefined) return this.#group();
    if (mark === '^') return { kind: 'start' };
    if (mark === '$') return { kind: 'end' };
    if (literal !== undefined) return { kind: 'character', matches: (character) => character === literal };
    const one = new RegExp(`^(?:${set})$`, 'u');
    return { kind: 'character', matches: (character) => one.test(character) };
  }

  #group(): PatternNode {
    const inner = this.choice();
    this.#next();
    return inner;
  }

  #quantified(part: PatternNode): PatternNode {
    const start = this.#position;
    const quantifier = start < this.#source.length ? this.#next()['quantifier'] : undefined;
    if (quantifier === undefined) {
      this.#position = start;
      return part;
    }
    return { kind: 'repeat', part, ...boundsOf(quantifier) };
  }

  #next(): Record<string, string | undefined> {
    needsBacktracking.lastIndex = this.#position;
    const refused = needsBacktracking.exec(this.#source);
    if (refused !== null) throw new PatternInvalid(`"${refused[0]}" is not available: patterns run in linear time`);
    token.lastIndex = this.#position;
    const match = token.exec(this.#source);
    this.#position = token.lastIndex;
    return match?.groups ?? {};
  }
}

/** Whether a quantifier is lazy matters only to what is captured, and nothing is. */
function boundsOf(quantifier: string): { min: number; max: number } {
  if (quantifier.startsWith('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
  if (quantifier.startsWith('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
  if (quantifier.startsWith('?')) return { min: 0, max: 1 };
  const [, min = '', comma, max = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(quantifier) ?? [];
  if (comma === '') return { min: Number(min), max: Number(min) };
  return { min: Number(min), max: max === '' ? Number.POSITIVE_INFINITY : Number(max) };
}
