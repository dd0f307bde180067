import { isLoopbackHost } from '../net/index.ts';
import type { AnswerKeys, IntrospectionDependencies, IntrospectionOptions } from './introspection-options.ts';
import { IntrospectionOptionsInvalid } from './introspection-options-invalid.ts';

/** The options with their defaults; times in milliseconds. */
export interface IntrospectionSettings extends Required<Omit<IntrospectionOptions, 'form' | 'clients' | 'signed'>> {
  /** For `tokeninfo`. Elsewhere a token's client is read, and checked, where its principal is. */
  readonly clients: ReadonlySet<string> | undefined;
  /** Set where signed answers are demanded. */
  readonly signing: { readonly clientId: string; readonly keys: AnswerKeys } | undefined;
}

/** @throws IntrospectionOptionsInvalid */
export function introspectionSettings(
  { signed = false, clients, form: _, ...options }: IntrospectionOptions,
  { keys }: Pick<IntrospectionDependencies, 'keys'>,
): IntrospectionSettings {
  const { clientId } = options.authentication;
  const settings = Object.freeze({
    protocol: 'rfc7662' as const,
    anyIssuer: false,
    expiry: 'required' as const,
    cache: 30_000,
    negativeCache: 5_000,
    timeout: 3_000,
    concurrency: 64,
    cacheBytes: 32 * 1024 * 1024,
    ...options,
    clients: options.protocol === 'tokeninfo' ? new Set(clients) : undefined,
    signing: signed && clientId !== undefined && keys !== undefined ? { clientId, keys } : undefined,
  });
  const fault = firstFault(settings) ?? (signed ? signingFault(settings, keys) : undefined);
  if (fault !== undefined) throw new IntrospectionOptionsInvalid(options.issuerName, ...fault);
  return settings;
}

type Settings = IntrospectionSettings;
/** Option, reason, remedy. */
type Fault = readonly [string, string, string];

function firstFault(settings: Settings): Fault | undefined {
  return (
    checkEndpoint(settings) ??
    checkCredentials(settings) ??
    checkClients(settings) ??
    checkNumbers(settings) ??
    checkExpiry(settings)
  );
}

/** RFC 7662 section 4: the endpoint is to be reached by TLS, for tokens travel there. */
function checkEndpoint({ endpoint }: Settings): Fault | undefined {
  const option = 'introspection.endpoint';
  const url = URL.parse(endpoint);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') {
    const remedy = 'Write an absolute https URL without user name, password and fragment.';
    return [option, 'The endpoint is not a URL that can be asked.', remedy];
  }
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))) return undefined;
  return [option, 'The endpoint is not https.', 'Use https; plain http is allowed for loopback addresses only.'];
}

function checkCredentials({ authentication }: Settings): Fault | undefined {
  const empty = Object.entries(authentication).find(([, value]) => value === '');
  if (empty !== undefined) {
    const remedy = 'Write it, or choose another `introspection.authentication`.';
    return ['introspection.client', `The ${nameOf(empty[0])} is empty.`, remedy];
  }
  // RFC 6750 section 2.1; anything else would end the header or be refused on the way.
  if (authentication.method !== 'bearer' || /^[\x21-\x7e]+$/.test(authentication.token)) return undefined;
  return ['introspection.bearer', 'The token has characters that no header can hold.', 'Copy the token again.'];
}

function nameOf(member: string): string {
  const names: Readonly<Record<string, string>> = { clientId: 'client id', clientSecret: 'client secret' };
  return names[member] ?? member;
}

/** The answer of tokeninfo is the same whoever asks: without clients, the tokens of all applications would pass. */
function checkClients({ protocol, clients }: Settings): Fault | undefined {
  if (protocol !== 'tokeninfo' || clients?.size !== 0) return undefined;
  const reason = 'Without `clients`, every token that Google has issued to anybody would be accepted.';
  return ['clients', reason, 'List the client ids of your applications.'];
}

function signingFault({ protocol, authentication }: Settings, keys: AnswerKeys | undefined): Fault | undefined {
  if (protocol === 'tokeninfo') {
    return ['introspection.signed', 'Google does not sign these answers.', 'Leave out `introspection.signed`.'];
  }
  if (authentication.clientId === undefined) {
    const reason = 'A signed answer names the client that it is for, and there is no client id.';
    return ['introspection.client', reason, 'Write `introspection.client.id`.'];
  }
  if (keys !== undefined) return undefined;
  const reason = 'Signed answers cannot be verified without the keys of the issuer.';
  return ['introspection.signed', reason, 'Write `issuer`, or name the key set in `jwksUri`.'];
}

function checkNumbers(settings: Settings): Fault | undefined {
  const bounds = { cache: 0, negativeCache: 0, timeout: 1, concurrency: 1, cacheBytes: 0 } as const;
  const names = Object.keys(bounds) as (keyof typeof bounds)[];
  const wrong = names.find((name) => !(Number.isFinite(settings[name]) && settings[name] >= bounds[name]));
  if (wrong === undefined) return undefined;
  return [`introspection.${wrong}`, `${settings[wrong]} is no good value.`, `Write at least ${bounds[wrong]}.`];
}

/** Milliseconds. A token that says no more about its end must live long enough to be used. */
const shortestLife = 1_000;

function checkExpiry({ expiry, cache }: Settings): Fault | undefined {
  if (expiry === 'required' || cache >= shortestLife) return undefined;
  const reason = 'Tokens without `exp` live for as long as an answer is remembered, and none is.';
  return ['introspection.cache', reason, 'Write at least 1s, or demand `exp`.'];
}
