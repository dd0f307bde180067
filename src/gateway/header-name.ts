/**
 * What a header field means to a gateway.
 *
 * - `end-to-end`: passes.
 * - `host`, `content-length`, `transfer-encoding`: say what the message is; sent anew, never copied.
 * - `hop-by-hop`: for us alone (RFC 9110 section 7.6.1).
 * - `credential`: for us, unless the API's upstream gets the caller's token.
 * - `identity`: only we may say it.
 * - `origin`: whom a proxy speaks for; believed from trusted proxies only.
 * - `override`: would make the upstream see another path or method than the one that was judged.
 * - `request-id`: believed from trusted proxies only.
 * - `disguised`: spelled so that it is nothing to us, but one of the above to a lax upstream.
 */
export type HeaderRole =
  | 'end-to-end'
  | 'host'
  | 'content-length'
  | 'transfer-encoding'
  | 'connection'
  | 'upgrade'
  | 'expect'
  | 'hop-by-hop'
  | 'credential'
  | 'identity'
  | 'origin'
  | 'override'
  | 'request-id'
  | 'disguised';

export interface HeaderName {
  readonly lower: string;
  /** As CGI and its heirs see it (RFC 3875 section 4.1.18): `X_User`, `x.user` and `X-User` are one name. */
  readonly folded: string;
  readonly role: HeaderRole;
}

const roles: ReadonlyMap<string, HeaderRole> = new Map<string, HeaderRole>([
  ['host', 'host'],
  ['content-length', 'content-length'],
  ['transfer-encoding', 'transfer-encoding'],
  ['connection', 'connection'],
  ['upgrade', 'upgrade'],
  ['expect', 'expect'],
  ['keep-alive', 'hop-by-hop'],
  ['proxy-connection', 'hop-by-hop'],
  ['proxy-authenticate', 'hop-by-hop'],
  ['proxy-authorization', 'hop-by-hop'],
  ['te', 'hop-by-hop'],
  ['trailer', 'hop-by-hop'],
  ['http2-settings', 'hop-by-hop'],
  ['authorization', 'credential'],
  ['dpop', 'credential'],
  ['forwarded', 'origin'],
  ['x-real-ip', 'origin'],
  ['x-client-ip', 'origin'],
  ['x-cluster-client-ip', 'origin'],
  ['true-client-ip', 'origin'],
  ['client-ip', 'origin'],
  ['cf-connecting-ip', 'origin'],
  ['cf-connecting-ipv6', 'origin'],
  ['fastly-client-ip', 'origin'],
  ['x-proxyuser-ip', 'origin'],
  ['x-original-forwarded-for', 'origin'],
  ['forwarded-for', 'origin'],
  ['x-forwarded', 'origin'],
  ['x-original-url', 'override'],
  ['x-original-uri', 'override'],
  ['x-original-host', 'override'],
  ['x-original-method', 'override'],
  ['x-rewrite-url', 'override'],
  ['x-http-method', 'override'],
  ['x-http-method-override', 'override'],
  ['x-method-override', 'override'],
  ['x-request-id', 'request-id'],
]);

const framing: ReadonlySet<string> = new Set(['contentlength', 'transferencoding']);

/** Clients spell few names, always the same; the bounds are for those who invent new ones. */
const remembered = new Map<string, HeaderName>();
const rememberedAtMost = 4096;
const longestRemembered = 64;

export function headerName(name: string): HeaderName {
  const known = remembered.get(name);
  if (known !== undefined) return known;
  const made = readHeaderName(name);
  if (name.length <= longestRemembered && remembered.size < rememberedAtMost) remembered.set(name, made);
  return made;
}

export function foldHeaderName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '-');
}

function readHeaderName(name: string): HeaderName {
  const lower = name.toLowerCase();
  const folded = foldHeaderName(name);
  const role = roleOf(folded);
  const isDisguised = lower !== folded ? role !== 'end-to-end' : false;
  return Object.freeze({ lower, folded, role: isDisguised || imitatesFraming(lower) ? 'disguised' : role });
}

function roleOf(folded: string): HeaderRole {
  const role = roles.get(folded);
  if (role !== undefined) return role;
  if (folded.startsWith('gatehouse-')) return 'identity';
  if (folded.startsWith('x-forwarded-')) return 'origin';
  return 'end-to-end';
}

/** `Transfer_Encoding`, `Transfer---Encoding`, `Content.Length`: some servers take these for the real ones. */
function imitatesFraming(lower: string): boolean {
  const letters = lower.replace(/[^a-z0-9]/g, '');
  return framing.has(letters) && !roles.has(lower);
}

/** Whether a server that is laxer than we are could take this field for Content-Length or Transfer-Encoding. */
export function isDisguisedFraming(name: HeaderName): boolean {
  return name.role === 'disguised' && imitatesFraming(name.lower);
}
