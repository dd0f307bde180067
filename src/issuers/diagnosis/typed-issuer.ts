import { isLoopbackHost } from '../../net/index.ts';
import { type DiscoveryForm, discoveryUrl } from '../discovery-form.ts';
import { presets } from '../presets.ts';

/** What a person typed in place of an issuer. */
export interface TypedIssuer {
  /** The issuer, to the letter; undefined where it is only known where its document may be. */
  readonly identifier: string | undefined;
  /** Where the discovery document may be, in this order. */
  readonly discoveryUrls: readonly string[];
}

const forms: readonly DiscoveryForm[] = ['openid', 'oauth', 'oauth-appended', 'openid-inserted'];

/** Below which paths of their domain AD FS always and Okta by default have an issuer. */
const wellKnownPaths = ['', '/adfs', '/oauth2/default'];

/**
 * Reads an issuer's URL, a bare domain, or the URL of a discovery document.
 *
 * @returns undefined where it is none of them, or holds a user name or password
 */
export function readTypedIssuer(text: string): TypedIssuer | undefined {
  const isBare = !text.includes('://');
  const url = URL.parse(isBare ? withScheme(text) : text);
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return undefined;
  if (url.pathname.includes('/.well-known/')) return { identifier: undefined, discoveryUrls: [url.href] };
  if (!isBare) return { identifier: text, discoveryUrls: documentUrlsOf(text) };
  const paths = url.pathname === '/' ? wellKnownPaths : [url.pathname];
  return { identifier: undefined, discoveryUrls: paths.flatMap((path) => urlsBelow(new URL(path, url))) };
}

function withScheme(text: string): string {
  const host = URL.parse(`https://${text}`)?.hostname ?? '';
  return `${isLoopbackHost(host) ? 'http' : 'https'}://${text}`;
}

/** Version 1.0 of Entra ID's tokens names an issuer that has no documents. */
function discoveryBase(issuer: string, url: URL): URL {
  const base = presets['entra-v1'].discoveryBase?.(issuer);
  return (base === undefined ? null : URL.parse(base)) ?? url;
}

/** Where the document of an issuer may be; nowhere, if it is no URL. */
export function documentUrlsOf(issuer: string): readonly string[] {
  const url = URL.parse(issuer);
  return url === null ? [] : urlsBelow(discoveryBase(issuer, url));
}

function urlsBelow(base: URL): readonly string[] {
  return [...new Set(forms.map((form) => discoveryUrl(base, form)))];
}
