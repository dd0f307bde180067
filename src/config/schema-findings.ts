import type { z } from 'zod';
import type { ConfigPath, Finding } from './fault.ts';
import { configJsonSchema, formOf, memberNames, type SchemaNode, schemaAt } from './json-schema.ts';
import { suggest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** What zod found wrong, in our words: each finding says what was written and what should be. */
export function schemaFindings(issues: readonly Issue[], value: unknown): readonly Finding[] {
  const translator = new Translator(configJsonSchema(), value);
  return issues.flatMap((issue) => translator.translate(issue, []));
}

class Translator {
  readonly #schema: SchemaNode;
  readonly #value: unknown;

  constructor(schema: SchemaNode, value: unknown) {
    this.#schema = schema;
    this.#value = value;
  }

  /** @param above where the issue's own path begins */
  translate(issue: Issue, above: ConfigPath): readonly Finding[] {
    const path = [...above, ...(issue.path as ConfigPath)];
    switch (issue.code) {
      case 'custom':
        return [{ path, reason: issue.message, remedy: String(issue.params?.['remedy']) }];
      case 'unrecognized_keys':
        return issue.keys.map((key) => this.#unknownKey([...path, key], key));
      case 'invalid_key':
        return [this.#wrongKey(path)];
      case 'invalid_union':
        return this.#branch(issue, path);
      case 'too_small':
      case 'too_big':
        return [this.#outOfBounds(path)];
      default:
        return [this.#wrongValue(path)];
    }
  }

  /** Of the ways to write a value, the one whose kind of value was written is the one that was meant. */
  #branch(issue: Extract<Issue, { code: 'invalid_union' }>, path: ConfigPath): readonly Finding[] {
    const meant = issue.errors.find((errors) => !errors.some(isWrongKind));
    return meant === undefined ? [this.#wrongValue(path)] : meant.flatMap((inner) => this.translate(inner, path));
  }

  #unknownKey(path: ConfigPath, key: string): Finding {
    const known = memberNames(this.#at(path.slice(0, -1)));
    const meant = suggest(key, known);
    const remedy = meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${meant}?`;
    return { path, reason: 'is unknown', remedy };
  }

  #wrongKey(path: ConfigPath): Finding {
    const { title = 'name', description = '' } = this.#at(path.slice(0, -1))?.propertyNames ?? {};
    return { path, reason: `"${path.at(-1)}" is no ${title}`, remedy: description };
  }

  #wrongValue(path: ConfigPath): Finding {
    const value = valueAt(this.#value, path);
    const node = this.#at(path);
    if (value === undefined) return { path, reason: 'is missing', remedy: additionOf(node) };
    if (value === null) return { path, reason: 'has no value', remedy: 'Fill it, or take it out.' };
    return { path, reason: wrongness(value, node), remedy: remedyFor(value, node) };
  }

  #outOfBounds(path: ConfigPath): Finding {
    const { minimum, maximum } = this.#at(path) ?? {};
    if (minimum === undefined) return { path, reason: 'is empty', remedy: 'Fill it, or take it out.' };
    return { path, reason: 'is out of bounds', remedy: `Write a number from ${minimum} to ${maximum}.` };
  }

  #at(path: ConfigPath): SchemaNode | undefined {
    return schemaAt(this.#schema, path);
  }
}

function isWrongKind(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code === 'invalid_type';
}

function wrongness(value: unknown, node: SchemaNode | undefined): string {
  if (typeof value === 'number' && (node?.title === 'duration' || node?.title === 'size')) {
    return `is a number without a unit: ${value}`;
  }
  if (typeof value === 'string' && node?.enum !== undefined) return `is unknown: ${JSON.stringify(value)}`;
  return `is ${kindOf(value)}`;
}

function additionOf(node: SchemaNode | undefined): string {
  const addition = `Add ${formOf(node)}.`;
  return node?.description === undefined ? addition : `${addition} ${node.description}`;
}

function remedyFor(value: unknown, node: SchemaNode | undefined): string {
  const meant = typeof value === 'string' ? suggest(value, node?.enum ?? []) : undefined;
  if (meant !== undefined) return `Did you mean ${meant}?`;
  const isQuotable = (typeof value === 'number' || typeof value === 'boolean') && node?.type === 'string';
  const quotes = isQuotable && node?.enum === undefined && node?.pattern === undefined ? ', in quotes' : '';
  return `Write ${formOf(node)}${quotes}.`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? `a truth value: ${value}` : `a number: ${value}`;
}

function valueAt(root: unknown, path: ConfigPath): unknown {
  let value = root;
  for (const part of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
