import type { ConfigPath, Finding } from './fault.ts';

/** Where references lead: the environment and files. */
export interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** @throws where the file cannot be read */
  readFile(path: string): string;
}

/**
 * `${NAME}` holds braces, which end a plain scalar inside YAML's `{ … }`. So before the YAML is read its three
 * punctuation marks are replaced, one for one, by characters of the private use area, and every position stays.
 */
const marks = { open: '\uE000\uE001', close: '\uE002', escape: '\uE003\uE003\uE003' } as const;
const written = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const marked = /\uE000\uE001(\w+)\uE002|\uE003{3}/g;

/** Written directly or as an escape of YAML; a file that has them could pass text off as a reference. */
const ownMarks = /[\uE000-\uE003]|\\u0*e00[0-3]/i;

export function holdsMarks(text: string): boolean {
  return ownMarks.test(text);
}

export function markReferences(text: string): string {
  return text.replace(written, (_, name?: string) =>
    name === undefined ? marks.escape : marks.open + name + marks.close,
  );
}

export function unmarkReferences(text: string): string {
  return text.replace(marked, (_, name?: string) => (name === undefined ? '$${' : `\${${name}}`));
}

/** Characters; a secret is short. */
const maxFileLength = 65_536;
const formRemedy = `Write \${NAME} for a variable, or $\${ for the two characters themselves.`;

/** Replaces `${NAME}` by the environment variable, and `{ file: PATH }` where a secret is wanted by what it holds. */
export class References {
  readonly findings: Finding[] = [];
  readonly #sources: Sources;
  readonly #isSecret: (path: ConfigPath) => boolean;
  /** What stands for what, by the path at which it does. */
  readonly #resolved = new Map<string, { readonly reference: string; readonly value: string }[]>();

  constructor(sources: Sources, isSecret: (path: ConfigPath) => boolean) {
    this.#sources = sources;
    this.#isSecret = isSecret;
  }

  resolve(node: unknown, path: ConfigPath = []): unknown {
    if (typeof node === 'string') return this.#text(node, path);
    if (Array.isArray(node)) return node.map((entry, index) => this.resolve(entry, [...path, index]));
    if (node === null || typeof node !== 'object') return node;
    const members = Object.entries(node);
    const [first] = members;
    if (members.length === 1 && first?.[0] === 'file' && typeof first[1] === 'string' && this.#isSecret(path)) {
      return this.#content(this.#text(first[1], path), path);
    }
    const copy: Record<string, unknown> = Object.create(null);
    for (const [name, member] of members) copy[name] = this.resolve(member, [...path, name]);
    return copy;
  }

  /** Whether the value at a path, or a part of it, came from the environment or a file. */
  isReference(path: ConfigPath): boolean {
    return this.#resolved.has(JSON.stringify(path));
  }

  /** The same finding, quoting references as they were written: what they stand for may be a secret. */
  conceal(finding: Finding): Finding {
    const resolved = this.#resolved.get(JSON.stringify(finding.path)) ?? [];
    const hide = (text: string): string =>
      resolved.reduce((hidden, { reference, value }) => hidden.replaceAll(value, () => reference), text);
    return { path: finding.path, reason: hide(finding.reason), remedy: hide(finding.remedy) };
  }

  #text(text: string, path: ConfigPath): string {
    if (text.includes('${')) this.#report(path, 'has a "${" that names no variable', formRemedy);
    return text.replace(marked, (_, name?: string) => (name === undefined ? '${' : this.#variable(name, path)));
  }

  #variable(name: string, path: ConfigPath): string {
    const value = this.#sources.env[name];
    if (value !== undefined && value !== '') return this.#stand(path, `\${${name}}`, value);
    const reason = `the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}`;
    this.#report(path, reason, `Set ${name} before the program starts.`);
    return `\${${name}}`;
  }

  #content(file: string, path: ConfigPath): string {
    try {
      const content = this.#sources.readFile(file).replace(/\r?\n$/, '');
      if (content !== '' && content.length <= maxFileLength) return this.#stand(path, `{ file: ${file} }`, content);
      const reason = `the file ${file} is ${content === '' ? 'empty' : `longer than ${maxFileLength} characters`}`;
      this.#report(path, reason, 'Write the value into it, and nothing else.');
    } catch (error) {
      const reason = `the file ${file} cannot be read: ${error instanceof Error ? error.message : 'unknown error'}`;
      this.#report(path, reason, 'Create it, and let this user read it.');
    }
    return file;
  }

  #stand(path: ConfigPath, reference: string, value: string): string {
    const key = JSON.stringify(path);
    this.#resolved.set(key, [...(this.#resolved.get(key) ?? []), { reference, value }]);
    return value;
  }

  #report(path: ConfigPath, reason: string, remedy: string): void {
    this.findings.push({ path, reason, remedy });
  }
}
