import type { Clock } from '../../base/clock.ts';
import type { HttpClient } from '../../net/index.ts';
import { type Attempt, type AttemptSecrets, attemptSecrets, seal } from './attempt.ts';
import { authorizationUrl, type PassedOn } from './authorization-url.ts';
import type { ExpectedAnswer, Identity } from './identify.ts';
import { MetadataSource } from './metadata-source.ts';
import { type SignInIssuer, type SignInIssuerOptions, signInIssuerOf } from './sign-in-issuer.ts';

/** The issuers at which people can sign in. */
export interface Federation {
  /** As configured, in that order. */
  readonly issuers: readonly SignInIssuer[];
  byName(name: string): FederatedIssuer | undefined;
}

/** One of them, at work. Both throw FederationFailure. */
export interface FederatedIssuer {
  readonly issuer: SignInIssuer;
  /** Where the person is to go. */
  begin(attempt: Attempt, browserSecret: string, passedOn: PassedOn): Promise<URL>;
  /** @param answer the query with which they came back */
  finish(attempt: Attempt, browserSecret: string, answer: URLSearchParams): Promise<Identity>;
}

export interface FederationDependencies {
  /** Our own issuer identifier. */
  readonly issuer: string;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Seals states, and makes secrets of them. */
  readonly secret: string;
}

export function createFederation(
  options: readonly SignInIssuerOptions[],
  dependencies: FederationDependencies,
): Federation {
  const issuers = options.map((each) => signInIssuerOf(each, dependencies.issuer));
  const byName = new Map(issuers.map((issuer) => [issuer.name, federatedIssuer(issuer, dependencies)]));
  return Object.freeze({ issuers, byName: (name: string) => byName.get(name) });
}

function federatedIssuer(issuer: SignInIssuer, { http, clock, secret }: FederationDependencies): FederatedIssuer {
  const metadata = new MetadataSource(issuer, http, clock);
  const secretsOf = (attempt: Attempt, browserSecret: string): AttemptSecrets =>
    attemptSecrets(attempt, browserSecret, secret);
  return Object.freeze<FederatedIssuer>({
    issuer,
    async begin(attempt, browserSecret, passedOn) {
      const [server, state] = await Promise.all([metadata.current(), seal(attempt, secret)]);
      return authorizationUrl(server, issuer, state, attempt, secretsOf(attempt, browserSecret), passedOn);
    },
    async finish(attempt, browserSecret, answer) {
      const expected: ExpectedAnswer = {
        state: answer.get('state') ?? '',
        attempt,
        secrets: secretsOf(attempt, browserSecret),
      };
      // The client of OpenID Connect is loaded when somebody has come back for the first time.
      const [{ identify }, { upstreamOf }] = await Promise.all([import('./identify.ts'), import('./upstream.ts')]);
      return identify(upstreamOf(issuer, await metadata.current(), http, clock), answer, expected);
    },
  });
}
