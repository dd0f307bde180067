import type { EpochMs } from '../base/clock.ts';
import type { SigningKey } from './ports/signing-key-store.ts';

/*
 * Every process computes from the same times which key signs and which are published, so that none has to tell
 * another. A key is `next` from its making until a rotation gives it a time to begin; it signs until its successor
 * does; it stays published until the last token that it signed has expired.
 */

/** Milliseconds for which a key is published at least before it signs: every process has seen it by then. */
export const leadTime = 5_000;

/** Milliseconds that clocks may differ by. */
const clockTolerance = 60_000;

export function currentKey<Key extends SigningKey>(keys: readonly Key[], now: EpochMs): Key | undefined {
  let current: Key | undefined;
  for (const key of keys) {
    if (key.signsFrom === undefined || key.signsFrom > now) continue;
    if (current?.signsFrom === undefined || key.signsFrom >= current.signsFrom) current = key;
  }
  return current;
}

export function publishedKeys<Key extends SigningKey>(keys: readonly Key[], now: EpochMs): readonly Key[] {
  return keys.filter(({ publishedUntil }) => publishedUntil === undefined || now < publishedUntil);
}

/** The first keys: one that signs at once, since nobody has seen a key of ours yet, and the next one. */
export function firstKeys(current: SigningKey, next: SigningKey, now: EpochMs): readonly SigningKey[] {
  return [{ ...current, signsFrom: now }, next];
}

export interface RotationPlan {
  /** The key that is next from now on. */
  readonly next: SigningKey;
  /** Milliseconds that the longest-lived token lives. */
  readonly longestLifetime: number;
  /** When the last token expires of those that were issued already; it may have been issued under other settings. */
  readonly lastExpiry: EpochMs;
}

/** Next becomes current, as soon as it has been published for the lead time; what signed until then retires. */
export function rotate(keys: readonly SigningKey[], plan: RotationPlan, now: EpochMs): readonly SigningKey[] {
  const activated = keys.find(({ signsFrom }) => signsFrom === undefined);
  if (activated === undefined) throw new TypeError('There is no next signing key.');
  const signsFrom = Math.max(now, activated.createdAt + leadTime);
  const publishedUntil = Math.max(signsFrom + plan.longestLifetime, plan.lastExpiry) + clockTolerance;
  const retire = (key: SigningKey): SigningKey =>
    key === activated ? { ...key, signsFrom } : { ...key, publishedUntil: key.publishedUntil ?? publishedUntil };
  return [...publishedKeys(keys, now).map(retire), plan.next];
}
