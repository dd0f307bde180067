import { maskSecrets } from './mask-secrets.ts';

/** Bounds of a log line: characters of a string, members of an object or a list, levels of nesting. */
const maxString = 1024;
const maxMembers = 64;
const maxDepth = 6;

/** Members that hold a secret by their name, whatever their value looks like. */
const secretName =
  /^(?:(?:proxy-?)?authorization|(?:set-?)?cookie|dpop|(?:[\w-]*[_-])?(?:token|password|secret|assertion)|[a-z]+(?:Token|Password|Secret|Assertion)|code_?verifier|credentials?|private_?key|jwt|pem)$/i;

/** The private members of a JWK (RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1). */
const privateKeyMembers: ReadonlySet<string> = new Set(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']);

/** Logging never throws: a member that fails when it is read costs the members, not the line, nor the program. */
export function loggable(members: object): Record<string, unknown> {
  try {
    return redact(members) as Record<string, unknown>;
  } catch {
    return { members: '[unreadable]' };
  }
}

/**
 * A copy of any value that is bounded in every direction, and without what is secret by the name of its member.
 * What is secret by its looks is left to the finished line, which is masked as a whole; only a text that has to be cut
 * is masked here, since half a secret is harder to know.
 */
export function redact(value: unknown, depth = 0): unknown {
  switch (typeof value) {
    case 'string':
      return bounded(value);
    case 'bigint':
      return value.toString();
    case 'function':
    case 'symbol':
      return `[${typeof value}]`;
    case 'object':
      return value === null ? null : redactObject(value, depth);
    default:
      return value;
  }
}

function redactObject(value: object, depth: number): unknown {
  if (depth >= maxDepth) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return redactMembers([...value], depth);
  if (Array.isArray(value) || value instanceof Set) return redactList([...value], depth);
  return redactMembers(Object.entries(value), depth);
}

function redactList(list: readonly unknown[], depth: number): unknown[] {
  const kept = list.slice(0, maxMembers).map((item) => redact(item, depth + 1));
  if (list.length > maxMembers) kept.push(`[${list.length - maxMembers} more]`);
  return kept;
}

function redactMembers(entries: readonly (readonly [unknown, unknown])[], depth: number): object {
  const isKey = entries.some(([name]) => name === 'kty');
  const kept: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries.slice(0, maxMembers)) {
    const name = String(key);
    const hidden = hides(value) && (secretName.test(name) || (isKey && privateKeyMembers.has(name)));
    kept[bounded(name)] = hidden ? '[redacted]' : redact(value, depth + 1);
  }
  if (entries.length > maxMembers) kept['[more]'] = entries.length - maxMembers;
  return kept;
}

/** A flag or a number under such a name says that there is a secret, not which. */
function hides(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** The stack is left out of nothing: it is what an operator reports; a cause may say why. */
function redactError(error: Error, depth: number): object {
  const { name, message, stack, cause } = error;
  const code = (error as { code?: unknown }).code;
  return redactMembers(
    [
      ['name', name],
      ['message', message],
      ...(code === undefined ? [] : [['code', code] as const]),
      ...(cause === undefined ? [] : [['cause', cause] as const]),
      ...(stack === undefined || depth > 0 ? [] : [['stack', stack] as const]),
    ],
    depth,
  );
}

/** A text that is cut is masked first. */
export function bounded(text: string): string {
  if (text.length <= maxString) return text;
  return `${maskSecrets(text.slice(0, 64 * maxString)).slice(0, maxString)}… (${text.length} characters)`;
}
