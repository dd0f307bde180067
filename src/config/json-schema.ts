import { z } from 'zod';
import { deepFreeze } from './deep-freeze.ts';
import type { ConfigPath } from './fault.ts';
import { configSchema } from './schema/config-schema.ts';

/** What of JSON Schema the configuration's has. */
export interface SchemaNode {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

let jsonSchema: SchemaNode | undefined;

/** The configuration's JSON Schema, for editors: what may be written, not what it means once read. Made when it is needed. */
export function configJsonSchema(): SchemaNode {
  jsonSchema ??= deepFreeze({
    ...z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' }),
    title: 'Gatehouse configuration',
  }) as SchemaNode;
  return jsonSchema;
}

/** The schema of what is at a path; undefined where nothing may be. */
export function schemaAt(root: SchemaNode, path: ConfigPath): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const part of path) node = node === undefined ? undefined : below(node, part);
  return node;
}

function below(node: SchemaNode, part: string | number): SchemaNode | undefined {
  for (const branch of node.anyOf ?? [node]) {
    const found = typeof part === 'number' ? (branch.prefixItems?.[part] ?? branch.items) : memberOf(branch, part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function memberOf(node: SchemaNode, name: string): SchemaNode | undefined {
  const { properties = {}, additionalProperties } = node;
  if (Object.hasOwn(properties, name)) return properties[name];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

/** The names that a mapping may have, where they are fixed. */
export function memberNames(node: SchemaNode | undefined): readonly string[] {
  return (node?.anyOf ?? [node]).flatMap((branch) => Object.keys(branch?.properties ?? {}));
}

/** How a value is to be written: `a duration, such as 10m`. */
export function formOf(node: SchemaNode | undefined): string {
  if (node === undefined) return 'something else';
  const [example] = node.examples ?? node.anyOf?.[0]?.examples ?? [];
  if (node.title !== undefined) return withExample(withArticle(node.title), example);
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(formOf))].join(', or ');
  if (node.enum !== undefined) return `one of ${node.enum.join(', ')}`;
  const [entry] = node.items?.examples ?? [];
  return withExample(nameOfType[node.type ?? ''] ?? 'something else', entry === undefined ? entry : `[${entry}]`);
}

function withExample(form: string, example: unknown): string {
  return example === undefined ? form : `${form}, such as ${example}`;
}

function withArticle(title: string): string {
  if (title === 'text') return title;
  return /^[aeio]/.test(title) ? `an ${title}` : `a ${title}`;
}

const nameOfType: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
  array: 'a list',
  object: 'a mapping of options to values',
};
