import type { ConfigPath, Finding } from './fault.ts';

/** Where references lead: the environment and files. */
export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws where the file cannot be read */
  readFile(path: string): string;
}

export interface Resolved {
  readonly value: unknown;
  readonly findings: readonly Finding[];
  /** Whether the value at this path, or a part of it, came from the environment or a file. */
  isReference(path: ConfigPath): boolean;
}

/**
 * `${NAME}` holds braces, which end a plain scalar inside YAML's `{ … }`. So before the YAML is read its three
 * punctuation marks are replaced, one for one, by characters of the private use area, and every position stays.
 */
const marks = { open: '\uE000\uE001', close: '\uE002', escape: '\uE003\uE003\uE003' } as const;
const written = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const marked = /\uE000\uE001(\w+)\uE002|\uE003{3}/g;

export function markReferences(text: string): string {
  return text.replace(written, (_, name?: string) =>
    name === undefined ? marks.escape : marks.open + name + marks.close,
  );
}

export function unmarkReferences(text: string): string {
  return text.replace(marked, (_, name?: string) => (name === undefined ? '$${' : `\${${name}}`));
}

/** Bytes; a secret is short. */
const maxFileLength = 65_536;

/** Replaces `${NAME}` by the environment variable and `{ file: PATH }` by what the file holds, everywhere in a tree. */
export function resolveReferences(tree: unknown, sources: Sources): Resolved {
  const findings: Finding[] = [];
  const references = new Set<string>();
  const value = resolve(tree, []);
  return { value, findings, isReference: (path) => references.has(JSON.stringify(path)) };

  function resolve(node: unknown, path: ConfigPath): unknown {
    if (typeof node === 'string') return resolveText(node, path);
    if (Array.isArray(node)) return node.map((entry, index) => resolve(entry, [...path, index]));
    if (node === null || typeof node !== 'object') return node;
    const members = Object.entries(node);
    const [first] = members;
    if (members.length === 1 && first?.[0] === 'file' && typeof first[1] === 'string') {
      return readSecret(resolveText(first[1], [...path, 'file']), path);
    }
    const copy: Record<string, unknown> = Object.create(null);
    for (const [name, member] of members) copy[name] = resolve(member, [...path, name]);
    return copy;
  }

  function resolveText(text: string, path: ConfigPath): string {
    if (text.includes('${')) findings.push({ path, reason: 'has a "${" that names no variable', remedy: formRemedy });
    return text.replace(marked, (_, name?: string) => (name === undefined ? '${' : variable(name, path)));
  }

  function variable(name: string, path: ConfigPath): string {
    references.add(JSON.stringify(path));
    const found = sources.env[name];
    if (found !== undefined && found !== '') return found;
    const reason = `the environment variable ${name} is ${found === undefined ? 'not set' : 'empty'}`;
    findings.push({ path, reason, remedy: `Set ${name} before the program starts.` });
    return unmarkReferences(marks.open + name + marks.close);
  }

  function readSecret(file: string, path: ConfigPath): string {
    references.add(JSON.stringify(path));
    try {
      const content = sources.readFile(file).replace(/\r?\n$/, '');
      if (content !== '' && content.length <= maxFileLength) return content;
      const reason = `the file ${file} is ${content === '' ? 'empty' : `longer than ${maxFileLength} bytes`}`;
      findings.push({ path, reason, remedy: 'Write the value into it, and nothing else.' });
    } catch (error) {
      const reason = `the file ${file} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`;
      findings.push({ path, reason, remedy: 'Create it, and let this user read it.' });
    }
    return file;
  }
}

const formRemedy = `Write \${NAME} for a variable, or $\${ for the two characters themselves.`;
