import type { JWK } from 'jose';
import type { Clock, EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import { keysRotated } from './channels.ts';
import { currentKey, firstKeys, publishedKeys, rotate } from './key-ring.ts';
import { type LoadedKey, loadKey, newSigningKey, signJwt } from './loaded-key.ts';
import type { SigningKeyStore, SigningKeys as StoredKeys } from './ports/signing-key-store.ts';
import type { SigningAlgorithm } from './signing-algorithms.ts';

export interface KeyRotation {
  /** `kid` of the key that signs from `signsFrom` on. */
  readonly activated: string;
  readonly signsFrom: EpochMs;
  /** `kid` of the key that the rotation after this one activates; published already. */
  readonly next: string;
}

/** How long keys must stay published. */
export interface KeyRetention {
  /** Milliseconds that the longest-lived token lives. */
  readonly longestLifetime: number;
  /** When the last JWT that was issued expires. */
  lastExpiry(): Promise<EpochMs | undefined>;
}

/** Our signing keys as this process knows them. */
export class SigningKeys {
  readonly #store: SigningKeyStore;
  readonly #clock: Clock;
  #revision = 0;
  #jwks: { readonly keys: readonly JWK[] } = { keys: [] };
  #keys: readonly LoadedKey[] = [];

  constructor(store: SigningKeyStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Reads what is stored; makes the first keys where nothing is. */
  async load(algorithm: SigningAlgorithm): Promise<void> {
    const { revision, keys } = await this.#store.read();
    if (keys.length === 0) {
      const now = this.#clock();
      const [current, next] = await Promise.all([newSigningKey(algorithm, now), newSigningKey(algorithm, now)]);
      // Where another process was faster, its keys are as good.
      await this.#store.replace(revision, firstKeys(current, next, now));
    }
    await this.refresh();
  }

  /** Takes over what another process may have changed. */
  async refresh(): Promise<void> {
    const stored = await this.#store.read();
    if (stored.revision !== this.#revision) this.#take(stored);
  }

  /** Tries again where another process rotated at the same moment: two rotations were asked for, and two are made. */
  async rotate(algorithm: SigningAlgorithm, retention: KeyRetention): Promise<KeyRotation> {
    for (;;) {
      const { revision, keys } = await this.#store.read();
      const now = this.#clock();
      const next = await newSigningKey(algorithm, now);
      const lastExpiry = (await retention.lastExpiry()) ?? now;
      const rotated = rotate(keys, { next, longestLifetime: retention.longestLifetime, lastExpiry }, now);
      if (!(await this.#store.replace(revision, rotated))) continue;
      this.#take({ revision: revision + 1, keys: rotated });
      return announced(rotated, next.id);
    }
  }

  /** Drops keys that are published no more. */
  async purge(): Promise<number> {
    const { revision, keys } = await this.#store.read();
    const kept = publishedKeys(keys, this.#clock());
    if (kept.length === keys.length) return 0;
    return (await this.#store.replace(revision, kept)) ? keys.length - kept.length : 0;
  }

  /** The key that signs now. */
  get current(): LoadedKey {
    const key = currentKey(this.#keys, this.#clock());
    if (key === undefined) throw new TypeError('The signing keys have not been loaded.');
    return key;
  }

  /** What is published now, the current key first. */
  get published(): readonly LoadedKey[] {
    const { current } = this;
    return [current, ...publishedKeys(this.#keys, this.#clock()).filter((key) => key !== current)];
  }

  /** A JWK Set (RFC 7517 section 5): the same object for as long as the same keys are published, by which others know that. */
  get jwks(): { readonly keys: readonly JWK[] } {
    const keys = this.published.map(({ publicKey }) => publicKey);
    const known = this.#jwks.keys;
    if (keys.length !== known.length || keys.some((key, n) => key !== known[n])) this.#jwks = { keys };
    return this.#jwks;
  }

  sign(claims: Claims, typ: string): string {
    return signJwt(this.current, claims, typ);
  }

  #take({ revision, keys }: StoredKeys): void {
    this.#keys = keys.map(loadKey);
    this.#revision = revision;
  }
}

/** The youngest beginning is that of the key which this rotation has activated. */
function announced(keys: StoredKeys['keys'], next: string): KeyRotation {
  const activated = currentKey(keys, Number.POSITIVE_INFINITY);
  const rotation = { activated: activated?.id ?? '', signsFrom: activated?.signsFrom ?? 0, next };
  keysRotated.announce(rotation);
  return rotation;
}
