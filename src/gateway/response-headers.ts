import { type HeaderName, headerName } from './header-name.ts';

/** An upstream's field names and values, name, value, name, value, as undici hands them over. */
export type RawFields = readonly Buffer[];

export interface ClientFields {
  /** Name, value, name, value. */
  readonly fields: string[];
  /** Undefined where the answer does not say. */
  readonly contentLength: number | undefined;
}

/**
 * Of an answer's fields, those that pass on to the client.
 *
 * @param ownsCors whether the gateway answers for CORS, and the upstream does not
 */
export function clientFields(raw: RawFields, status: number, ownsCors: boolean): ClientFields {
  const fields: string[] = [];
  let contentLength: number | undefined;
  const nominated = nominatedBy(raw);
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const spelled = textAt(raw, i);
    const name = headerName(spelled);
    if (!passes(name) || nominated?.has(name.lower) === true) continue;
    if (ownsCors && name.lower.startsWith('access-control-')) continue;
    const value = textAt(raw, i + 1);
    if (name.role === 'content-length') contentLength = Number(value);
    if (name.role === 'content-length' && hasNoContent(status)) continue;
    fields.push(spelled, value);
  }
  return { fields, contentLength };
}

/** RFC 9110 section 8.6: such an answer "MUST NOT" have a length; a lax client would wait for what it promises. */
function hasNoContent(status: number): boolean {
  return status < 200 || status === 204;
}

function passes(name: HeaderName): boolean {
  return name.role === 'end-to-end' || name.role === 'content-length';
}

/** RFC 9110 section 7.6.1; undefined where `Connection` lists nothing besides `close` and `keep-alive`. */
function nominatedBy(raw: RawFields): ReadonlySet<string> | undefined {
  let nominated: Set<string> | undefined;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i]?.length !== 'connection'.length || textAt(raw, i).toLowerCase() !== 'connection') continue;
    const value = textAt(raw, i + 1).toLowerCase();
    if (value === 'keep-alive' || value === 'close') continue;
    nominated ??= new Set();
    for (const option of value.split(',')) nominated.add(option.trim());
  }
  return nominated;
}

/** RFC 9110 section 6.5.1: fields that say how the content is to be taken must not come after it. */
const untrailing: ReadonlySet<string> = new Set(['content-encoding', 'content-type', 'content-range', 'set-cookie']);

/** Of an answer's trailers, those that pass on: none that says how to read, route or authenticate a message. */
export function clientTrailers(raw: RawFields): [string, string][] {
  const sent: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = headerName(textAt(raw, i));
    if (name.role === 'end-to-end' && !untrailing.has(name.lower)) sent.push([name.lower, textAt(raw, i + 1)]);
  }
  return sent;
}

function textAt(raw: RawFields, index: number): string {
  return raw[index]?.toString('latin1') ?? '';
}
