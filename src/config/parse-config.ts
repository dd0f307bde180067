import { readFileSync } from 'node:fs';
import { checks } from './checks/checks.ts';
import { Findings } from './checks/findings.ts';
import type { Config } from './config.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type ConfigPath, type Fault, type Finding, renderPath } from './fault.ts';
import { configJsonSchema, schemaAt } from './json-schema.ts';
import { readYaml, type YamlTree } from './read-yaml.ts';
import { holdsMarks, markReferences, References, type Sources } from './references.ts';
import { configSchema } from './schema/config-schema.ts';
import { schemaFindings } from './schema-findings.ts';

export type ConfigOutcome = ConfigAccepted | ConfigRefused;

interface ConfigAccepted {
  readonly ok: true;
  readonly config: Config;
  /** What is unsafe, but may be meant. */
  readonly warnings: readonly Fault[];
}

interface ConfigRefused {
  readonly ok: false;
  /** Everything that is wrong, in the order of the file. */
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

interface ConfigOrigin extends Partial<Sources> {
  /** The file's name, for the report. */
  readonly path: string;
  readonly env: Sources['env'];
}

/** Characters: 1 MiB. */
const maxLength = 1_048_576;

/** Reads the text of a configuration file. Never throws. Relative paths in it are relative to the working directory. */
export function parseConfig(text: string, { path: file, env, readFile = readText }: ConfigOrigin): ConfigOutcome {
  if (text.length > maxLength) return refused(file, 'is longer than 1 MiB', 'Split what it configures.');
  if (holdsMarks(text)) return refused(file, 'holds a character from U+E000 to U+E003', 'Leave it out.');
  const tree = readYaml(markReferences(text));
  if (tree.faults.length > 0) {
    return { ok: false, faults: tree.faults.map((fault) => ({ file, path: '', ...fault })), warnings: [] };
  }
  if (tree.value === null) return refused(file, 'is empty', 'Write a configuration; see docs/options.md.');
  const references = new References({ env, readFile }, isSecret);
  const value = references.resolve(tree.value);
  const place: Place = (findings) =>
    placed(
      findings.map((finding) => references.conceal(finding)),
      file,
      tree,
    );
  return judge(value, references, place);
}

type Place = (findings: readonly Finding[]) => readonly Fault[];

function judge(value: unknown, references: References, place: Place): ConfigOutcome {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success || references.findings.length > 0) {
    const found = parsed.success ? [] : schemaFindings(parsed.error.issues, value);
    const isNew = ({ path }: Finding): boolean => !references.findings.some((other) => isAt(other.path, path));
    return { ok: false, faults: place([...references.findings, ...found.filter(isNew)]), warnings: [] };
  }
  const config: Config = deepFreeze(parsed.data);
  const findings = new Findings((path) => references.isReference(path));
  for (const check of checks) check(config, findings);
  const warnings = place(findings.warnings);
  if (findings.faults.length > 0) return { ok: false, faults: place(findings.faults), warnings };
  return { ok: true, config, warnings };
}

function isSecret(path: ConfigPath): boolean {
  return schemaAt(configJsonSchema(), path)?.title === 'secret';
}

/** A reference that leads nowhere stands for no value, so what the schema thinks of it does not matter. */
function isAt(above: ConfigPath, path: ConfigPath): boolean {
  return above.every((part, index) => path[index] === part);
}

function placed(findings: readonly Finding[], file: string, tree: YamlTree): readonly Fault[] {
  return findings
    .map(({ path, reason, remedy }) => ({ file, ...tree.locate(path), path: renderPath(path), reason, remedy }))
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

function refused(file: string, reason: string, remedy: string): ConfigRefused {
  return { ok: false, faults: [{ file, line: 1, column: 1, path: '', reason, remedy }], warnings: [] };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
