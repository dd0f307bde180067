/** What it takes to be let in at the admin API: the resource (RFC 8707) and the scope (RFC 6749 section 3.3) of a token. */
export const adminAudience = 'urn:gatehouse:admin';
export const adminScope = 'gatehouse:admin';

/** All that a gateway without a database needs: to follow the revocation log, and to report how far it has come. */
export const followScope = 'gatehouse:follow';

/** The client that is made at first start, which the command line uses. More come through the admin API. */
export const bootstrapClientId = 'gatehouse-admin';
