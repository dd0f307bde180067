import type { Clock } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { generateOpaqueToken } from '../opaque/index.ts';
import { type NewRevocation, retainForCutOff } from '../revocation/index.ts';
import { checkClient } from './check-client.ts';
import { type ClientOptions, registerClient } from './client-options.ts';
import { OptionsInvalid } from './option-fault.ts';
import type { ClientStore } from './ports/client-store.ts';
import type { ProviderRevocations } from './ports/revocations.ts';
import type { RegisteredClient } from './registered-client.ts';

/** A client to be registered; its secret, if it is to have one, is made here. */
export interface NewClient extends Omit<ClientOptions, 'secret'> {
  readonly authentication: 'secret' | 'private_key_jwt' | 'none';
}

export interface ClientWithSecret {
  readonly client: RegisteredClient;
  /** Shown now and never again; undefined for a client that has none. */
  readonly secret: string | undefined;
}

/** The clients of the configuration, which come first, and those that were registered through the admin API. */
export interface Clients {
  /** Those of the configuration. */
  readonly configured: readonly RegisteredClient[];
  find(id: string): Promise<RegisteredClient | undefined>;
  list(): Promise<readonly RegisteredClient[]>;
  /** Whether the client stands in the configuration, and can only be changed there. */
  isConfigured(id: string): boolean;
  /**
   * @returns undefined where the id is taken
   * @throws OptionsInvalid naming everything that is wrong with the client
   */
  register(client: NewClient): Promise<ClientWithSecret | undefined>;
  /** A new secret; the old one is worth nothing from now on. Undefined where there is no such registered client. */
  renewSecret(id: string): Promise<ClientWithSecret | undefined>;
  /** With all its tokens. False where there is no such registered client. */
  remove(id: string, actor: string): Promise<boolean>;
}

export interface ClientsDependencies {
  readonly issuer: string;
  readonly clock: Clock;
  readonly store: ClientStore;
  readonly revocations: ProviderRevocations;
  /** Seconds that the longest-lived token lives, refresh tokens and sessions included. */
  readonly longestLifetime: number;
}

export function createClients(options: readonly ClientOptions[], dependencies: ClientsDependencies): Clients {
  const { clock, store, revocations } = dependencies;
  const configured = new Map(options.map((client) => [client.id, registerClient(client, clock())]));
  return Object.freeze<Clients>({
    configured: [...configured.values()],
    find: async (id) => configured.get(id) ?? (await store.find(id)),
    async list() {
      const stored = await store.list();
      return [...configured.values(), ...stored.filter(({ id }) => !configured.has(id))];
    },
    isConfigured: (id) => configured.has(id),
    async register(client) {
      const made = withSecret(client, clock());
      if (configured.has(client.id) || !(await store.add(made.client))) return undefined;
      return made;
    },
    async renewSecret(id) {
      const client = configured.has(id) ? undefined : await store.find(id);
      if (client?.authentication !== 'secret') return undefined;
      const secret = generateOpaqueToken('ghs_');
      const renewed = { ...client, secretHash: sha256Hex(secret) };
      return (await store.replace(renewed)) ? { client: renewed, secret } : undefined;
    },
    async remove(id, actor) {
      if (configured.has(id) || !(await store.remove(id))) return false;
      await revocations.revoke([allTokensOf(id, actor, dependencies)]);
      return true;
    },
  });
}

function withSecret({ authentication, ...rest }: NewClient, now: number): ClientWithSecret {
  const secret = authentication === 'secret' ? generateOpaqueToken('ghs_') : undefined;
  const options: ClientOptions = { ...rest, secret };
  const faults = checkClient(options);
  if (faults.length > 0) throw new OptionsInvalid(faults);
  const client = registerClient(options, now);
  if (client.authentication === authentication) return { client, secret };
  const reason = `is ${authentication}, but the client would authenticate by ${client.authentication}.`;
  throw new OptionsInvalid([{ path: ['authentication'], reason, remedy: 'Give `jwks` with private_key_jwt only.' }]);
}

function allTokensOf(client: string, actor: string, dependencies: ClientsDependencies): NewRevocation {
  const { issuer, clock, longestLifetime } = dependencies;
  const before = Math.floor(clock() / 1000);
  const expiresAt = retainForCutOff(before, longestLifetime);
  return { issuer, kind: 'client', value: client, before, expiresAt, actor, reason: 'the client was removed' };
}
