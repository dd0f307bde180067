/** How a discovery document's URL is made from the issuer. */
export type DiscoveryForm = 'openid' | 'oauth' | 'openid-inserted' | 'oauth-appended';

const documents = {
  openid: { name: 'openid-configuration', place: 'appended' },
  oauth: { name: 'oauth-authorization-server', place: 'inserted' },
  'openid-inserted': { name: 'openid-configuration', place: 'inserted' },
  'oauth-appended': { name: 'oauth-authorization-server', place: 'appended' },
} as const satisfies Record<DiscoveryForm, { name: string; place: 'appended' | 'inserted' }>;

/**
 * OpenID Connect Discovery 1.0 section 4 appends the well-known path to the issuer; RFC 8414 section 3.1 inserts it
 * between host and path. Both first remove a terminating slash. RFC 8414 section 5 knows providers that mix them.
 */
export function discoveryUrl({ origin, pathname }: URL, form: DiscoveryForm): string {
  const { name, place } = documents[form];
  const path = pathname.replace(/\/$/, '');
  const wellKnown = `/.well-known/${name}`;
  return origin + (place === 'appended' ? path + wellKnown : wellKnown + path);
}
