import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml';
import type { ConfigPath } from './fault.ts';
import { unmarkReferences } from './references.ts';

interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** What is wrong with the YAML itself. */
interface YamlFault extends Position {
  readonly reason: string;
  readonly remedy: string;
}

/** A YAML document as plain values, objects without prototypes, and where each of them stands. */
export interface YamlTree {
  readonly value: unknown;
  readonly faults: readonly YamlFault[];
  /** Of the key or list entry at this path; of the nearest one above where there is none. */
  locate(path: ConfigPath): Position;
}

/** Aliases may repeat a subtree, so what a small file unfolds to is bounded, too. */
const maxNodes = 50_000;
const maxAliases = 100;
const maxDepth = 32;
const boundsRemedy = 'Write out what the aliases stand for, or split the file.';

/** Reads YAML 1.2 with the core schema. Never throws. */
export function readYaml(text: string): YamlTree {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', uniqueKeys: true });
    const problems = [...document.errors, ...document.warnings];
    if (problems.length === 0) return new TreeReader(document, lines).read();
    return faulty(problems.map((problem) => syntaxFault(problem, text)));
  } catch (error) {
    const reason = `cannot be read as YAML: ${error instanceof Error ? error.message : 'unknown error'}`;
    return faulty([{ line: 1, column: 1, reason, remedy: 'Nest less deeply.' }]);
  }
}

function faulty(faults: readonly YamlFault[]): YamlTree {
  return { value: undefined, faults, locate: () => ({ line: 1, column: 1 }) };
}

function syntaxFault({ code, message, linePos, pos }: YAMLError, text: string): YamlFault {
  const { line = 1, col: column = 1 } = linePos?.[0] ?? {};
  if (code === 'DUPLICATE_KEY') {
    const [key = ''] = /^[^\s:]*/.exec(text.slice(pos[0])) ?? [];
    return { line, column, reason: `"${key}" is given twice`, remedy: 'Keep one of them, or give one another name.' };
  }
  const reason = unmarkReferences(message.replace(/ at line \d+, column \d+:[\s\S]*$/, ''));
  return { line, column, reason: `is not YAML: ${reason}`, remedy: 'Correct the syntax; often it is the indentation.' };
}

class TreeReader {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;
  readonly #positions = new Map<string, Position>();
  readonly #faults: YamlFault[] = [];
  #nodes = 0;
  #aliases = 0;

  constructor(document: Document.Parsed, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  read(): YamlTree {
    const value = this.#convert(this.#document.contents, []);
    return { value, faults: this.#faults, locate: (path) => this.#locate(path) };
  }

  #locate(path: ConfigPath): Position {
    for (let length = path.length; length > 0; length--) {
      const position = this.#positions.get(JSON.stringify(path.slice(0, length)));
      if (position !== undefined) return position;
    }
    return { line: 1, column: 1 };
  }

  #convert(node: Node | null, path: ConfigPath): unknown {
    if (++this.#nodes > maxNodes || path.length > maxDepth) return this.#tooMuch(node);
    if (isAlias(node)) return this.#convertAlias(node, path);
    if (isSeq<Node>(node)) return node.items.map((item, index) => this.#entry(item, item, [...path, index]));
    if (isMap<Node, Node | null>(node)) return this.#convertMap(node.items, path);
    return isScalar(node) ? node.value : null;
  }

  #convertAlias(alias: Alias, path: ConfigPath): unknown {
    if (++this.#aliases > maxAliases) return this.#tooMuch(alias);
    const target = alias.resolve(this.#document);
    if (target === undefined) this.#report(alias, `nothing has the anchor "${alias.source}"`, 'Set it with & before.');
    return this.#convert(target ?? null, path);
  }

  #convertMap(pairs: readonly { key: Node; value: Node | null }[], path: ConfigPath): Record<string, unknown> {
    const members: Record<string, unknown> = Object.create(null);
    for (const { key, value } of pairs) {
      const name = isScalar(key) && ['string', 'number'].includes(typeof key.value) ? String(key.value) : undefined;
      if (name === undefined || name === '__proto__') {
        this.#report(key, 'is no name of an option', 'Write a plain name before the colon.');
      } else members[unmarkReferences(name)] = this.#entry(key, value, [...path, unmarkReferences(name)]);
    }
    return members;
  }

  /** The first place counts, so that a subtree repeated by an alias is found where it is used. */
  #entry(place: Node, value: Node | null, path: ConfigPath): unknown {
    this.#positions.set(JSON.stringify(path), this.#positionOf(place));
    return this.#convert(value, path);
  }

  #tooMuch(node: Node | null): undefined {
    if (this.#faults.length === 0) this.#report(node, 'the file is too large or too deep', boundsRemedy);
    return undefined;
  }

  #report(node: Node | null, reason: string, remedy: string): void {
    this.#faults.push({ ...this.#positionOf(node), reason, remedy });
  }

  #positionOf(node: Node | null): Position {
    const { line, col } = this.#lines.linePos(node?.range?.[0] ?? 0);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}
