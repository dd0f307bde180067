import type { PresetName } from '../issuers/index.ts';

/** How one identity provider sends signals, as far as that is its own way. Data only. */
export interface SignalProfile {
  /** The claim of its access tokens that holds what its events call a person (`sub` of `iss_sub`). */
  readonly subjectClaim: string;
  /** Whether its access tokens name the session that its logout tokens and events name. */
  readonly sessionInTokens: boolean;
  /** Accepted `typ` of its SETs, in lower case without `application/`; undefined: absent. */
  readonly setTypes: readonly (string | undefined)[];
  /** Where its SETs come from, if the same for all who use it. */
  readonly transmitter?: { readonly issuers: readonly string[]; readonly jwksUri: string };
}

/** RFC 8417 section 2.3, which SSF 1.0 section 4.1.1 demands. */
const explicit = ['secevent+jwt'];

const standard: SignalProfile = { subjectClaim: 'sub', sessionInTokens: true, setTypes: explicit };
const withoutSession: SignalProfile = { ...standard, sessionInTokens: false };
/** `sub` differs from application to application; `oid` is the person. */
const entra: SignalProfile = { ...withoutSession, subjectClaim: 'oid' };

export const signalProfiles: Readonly<Record<PresetName, SignalProfile>> = {
  // `sub` of its access tokens is the login; its events have the user's id, which is `uid` ("Validate access tokens").
  okta: { ...withoutSession, subjectClaim: 'uid' },
  // Access tokens have no `sid`.
  auth0: withoutSession,
  cognito: withoutSession,
  adfs: withoutSession,
  'entra-v1': entra,
  'entra-v2': entra,
  // The `agid` of access tokens is a grant; logout tokens name the session of PingFederate.
  pingfederate: withoutSession,
  pingone: standard,
  // Cross-Account Protection: a slash ends the issuer, the type may be absent, subjects are written as in 2017.
  google: {
    ...withoutSession,
    setTypes: [undefined, 'jwt', ...explicit],
    transmitter: {
      issuers: ['https://accounts.google.com/', 'https://accounts.google.com'],
      jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
    },
  },
  keycloak: standard,
  oidc: standard,
  oauth: standard,
};
