import { type HeaderName, headerName } from './header-name.ts';
import type { Fields } from './http1/field-lines.ts';
import type { ResponseHead } from './upstream/index.ts';

/**
 * Of an answer's fields, those that pass on to the client, as lines.
 *
 * @param ownsCors whether the gateway answers for CORS, and the upstream does not
 */
export function clientFieldLines({ status, fields, names }: ResponseHead, ownsCors: boolean): string {
  const nominated = nominatedBy(names, fields);
  let lines = '';
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name === undefined || !passes(name, status) || nominated?.has(name.lower) === true) continue;
    if (ownsCors && name.lower.startsWith('access-control-')) continue;
    lines += `${fields[i * 2]}: ${fields[i * 2 + 1]}\r\n`;
  }
  return lines;
}

function passes({ role }: HeaderName, status: number): boolean {
  return role === 'end-to-end' || (role === 'content-length' && !hasNoContent(status));
}

/** RFC 9110 section 8.6: such an answer "MUST NOT" have a length; a lax client would wait for what it promises. */
function hasNoContent(status: number): boolean {
  return status < 200 || status === 204;
}

/** RFC 9110 section 7.6.1; undefined where `Connection` lists nothing besides `close` and `keep-alive`. */
function nominatedBy(names: readonly HeaderName[], fields: Fields): ReadonlySet<string> | undefined {
  let nominated: Set<string> | undefined;
  for (let i = 0; i < names.length; i++) {
    if (names[i]?.role !== 'connection') continue;
    const value = (fields[i * 2 + 1] ?? '').toLowerCase();
    if (value === 'keep-alive' || value === 'close') continue;
    nominated ??= new Set();
    for (const option of value.split(',')) nominated.add(option.trim());
  }
  return nominated;
}

/** RFC 9110 section 6.5.1: fields that say how the content is to be taken must not come after it. */
const untrailing: ReadonlySet<string> = new Set(['content-encoding', 'content-type', 'content-range', 'set-cookie']);

/** Of an answer's trailers, those that pass on: none that says how to read, route or authenticate a message. */
export function clientTrailers(fields: Fields): [string, string][] {
  const sent: [string, string][] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const name = headerName(fields[i] ?? '');
    if (name.role === 'end-to-end' && !untrailing.has(name.lower)) sent.push([name.lower, fields[i + 1] ?? '']);
  }
  return sent;
}
