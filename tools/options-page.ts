import { configJsonSchema, type SchemaNode } from '../src/config/index.ts';

/** docs/options.md, from the schema of the configuration. */
export function optionsPage(): string {
  const sections = Object.entries(configJsonSchema().properties ?? {});
  return `${introduction}\n${sections.map(([name, node]) => section(name, node)).join('\n')}`;
}

const introduction = `# Options

Every option of the configuration file. Generated from \`src/config/schema/\` by \`npm run docs\`; do not edit by hand.
\`config.schema.json\` tells editors the same: begin the file with
\`# yaml-language-server: $schema=./config.schema.json\`.

The file is YAML. What is not listed here is refused. \`NAME\` stands for a name of your own, \`[]\` for an entry of a
list. Durations and sizes carry their unit: \`500ms\`, \`30s\`, \`10m\`, \`1h\`, \`7d\`; \`512B\`, \`16KiB\`, \`1MiB\`, \`1GiB\`.
\`\${NAME}\` is replaced by the environment variable of that name, within any value; \`$\${\` stands for the two characters
themselves. \`{ file: PATH }\` in place of a secret is replaced by what the file holds. A claim path is the name of
a claim, to the letter, or a list of names for a nested one: \`[realm_access, roles]\`. Relative paths are relative to the
working directory. \`gatehouse check\` says what is wrong with a file, where, and what to do about it.
`;

function section(name: string, node: SchemaNode): string {
  const body = rows(name, node, false).map(
    ({ path, type, fallback, text }) => `| \`${path}\` | ${type} | ${fallback} | ${text} |`,
  );
  return `## ${name}\n\n| option | form | default | what it does |\n|---|---|---|---|\n${body.join('\n')}\n`;
}

interface Row {
  readonly path: string;
  readonly type: string;
  readonly fallback: string;
  readonly text: string;
}

/** An option, then those within it. */
function rows(path: string, node: SchemaNode, isRequired: boolean): readonly Row[] {
  return [row(path, node, isRequired), ...inner(path, node)];
}

function inner(path: string, node: SchemaNode): readonly Row[] {
  const { title, properties = {}, required = [], additionalProperties, items, anyOf = [] } = node;
  if (title !== undefined) return [];
  const members = Object.entries(properties).flatMap(([name, member]) =>
    rows(`${path}.${name}`, member, required.includes(name) && member.default === undefined),
  );
  const named = isSection(additionalProperties) ? inner(`${path}.NAME`, additionalProperties) : [];
  const listed = isSection(items) ? inner(`${path}[]`, items) : [];
  return [...members, ...named, ...listed, ...anyOf.filter(isSection).flatMap((branch) => inner(path, branch))];
}

function isSection(node: SchemaNode | boolean | undefined): node is SchemaNode {
  return typeof node === 'object' && node.properties !== undefined;
}

function row(path: string, node: SchemaNode, isRequired: boolean): Row {
  const isPlain = node.default === undefined || typeof node.default === 'object';
  const fallback = isPlain ? (isRequired ? 'required' : '') : `\`${node.default}\``;
  const example = isRequired && node.examples?.[0] !== undefined ? ` Example: \`${node.examples[0]}\`.` : '';
  return { path, type: formOf(node), fallback, text: `${node.description ?? ''}${example}`.replaceAll('|', '\\|') };
}

function formOf(node: SchemaNode): string {
  const { title, anyOf, enum: values, items, type = 'text' } = node;
  if (title !== undefined) return title;
  if (anyOf !== undefined) return [...new Set(anyOf.map(formOf))].join(' or ');
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(', ');
  if (items !== undefined) return isSection(items) ? 'list of mappings' : `list: ${formOf(items)}`;
  if (type === 'integer') return `number, ${node.minimum} to ${node.maximum}`;
  return nameOfType[type] ?? type;
}

const nameOfType: Readonly<Record<string, string>> = { boolean: 'true or false', object: 'mapping' };
