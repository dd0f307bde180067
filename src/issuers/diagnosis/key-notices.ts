import type { KeySet, SkippedKey } from '../../tokens/index.ts';
import { clip } from '../clip.ts';
import type { SkippedKeyFacts } from '../key-source.ts';
import { type Notice, type NoticeCode, notice } from './notice.ts';

type Reason = SkippedKey['reason'];

/** What it says of an issuer that a key of it is skipped. A private or secret key is no notice but a failure. */
const meanings: Readonly<Record<Exclude<Reason, 'private' | 'symmetric'>, NoticeCode>> = {
  not_an_object: 'keys_malformed',
  malformed: 'keys_malformed',
  type_unsupported: 'keys_unsupported',
  curve_unsupported: 'keys_unsupported',
  algorithm_unsupported: 'keys_unsupported',
  not_for_signatures: 'keys_not_for_signatures',
  rsa_modulus_too_short: 'keys_weak',
  rsa_modulus_too_long: 'keys_unsupported',
  rsa_modulus_factorable: 'keys_weak',
  rsa_exponent_unsafe: 'keys_weak',
  duplicate: 'keys_repeated',
  beyond_limit: 'keys_beyond_limit',
};

/** How many kids of a kind are named. */
const namedAtMost = 5;

/** What an operator should know of the keys of an issuer, one notice for each kind. */
export function keyNotices({ keys }: KeySet, skipped: readonly SkippedKeyFacts[]): readonly Notice[] {
  const bare = keys.filter(({ id }) => id === undefined);
  const open = keys.filter(({ algorithms }) => algorithms.length > 1);
  return [
    ...(bare.length === 0 ? [] : [notice('keys_without_kid', { keys: bare.length })]),
    ...(open.length === 0
      ? []
      : [notice('keys_without_algorithm', { keys: open.length, kids: some(open.map(({ id }) => id)) })]),
    ...skippedNotices(skipped),
  ];
}

export function skippedNotices(skipped: readonly SkippedKeyFacts[]): readonly Notice[] {
  const byCode = Map.groupBy(skipped, ({ reason }) => codeOf(reason));
  return [...byCode].flatMap(([code, of]) => {
    if (code === undefined) return [];
    // One entry stands for all of them.
    if (code === 'keys_beyond_limit') return notice(code);
    const reasons = [...new Set(of.map(({ reason }) => reason))];
    return notice(code, { keys: of.length, kids: some(of.map(({ kid }) => kid)), reasons });
  });
}

function codeOf(reason: string): NoticeCode | undefined {
  return Object.hasOwn(meanings, reason) ? meanings[reason as keyof typeof meanings] : undefined;
}

function some(kids: readonly (string | undefined)[]): readonly string[] {
  return kids.slice(0, namedAtMost).map((kid) => clip(kid ?? '(no kid)'));
}
