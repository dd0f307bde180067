import type { EpochMs } from '../../base/clock.ts';
import type { VerificationKey } from '../../tokens/index.ts';
import { clip } from '../clip.ts';
import type { FetchedKeys } from '../fetch-keys.ts';
import { documentFailed, type IssuerFailure } from '../issuer-failure.ts';
import type { SkippedKeyFacts } from '../key-source.ts';
import { clockWarning } from '../keys-health.ts';
import type { Judged } from './course.ts';
import { keyNotices, skippedNotices } from './key-notices.ts';
import { type Notice, notice } from './notice.ts';

/** How many keys are shown. */
const shownAtMost = 10;

export function judgeKeys({ keySet, skipped, sentAt }: FetchedKeys, now: EpochMs): Judged {
  const notices = [...keyNotices(keySet, skipped), ...clockNotices(sentAt, now)];
  return { seen: shown(keySet.keys), notices, failure: exposedKey(skipped) };
}

/** @param failure `key_set_empty`, with what was skipped */
export function judgeNoKeys(failure: IssuerFailure): Judged {
  const { skipped, ...facts } = failure.facts;
  const keys = skipped as readonly SkippedKeyFacts[];
  return { notices: skippedNotices(keys), failure: exposedKey(keys) ?? { ...failure, facts } };
}

/** A key set is public: a key in it that signs is everybody's. */
function exposedKey(skipped: readonly SkippedKeyFacts[]): IssuerFailure | undefined {
  const kidsOf = (reason: string): readonly string[] =>
    skipped.filter((key) => key.reason === reason).map(({ kid }) => clip(kid ?? '(no kid)'));
  const [privates, secrets] = [kidsOf('private'), kidsOf('symmetric')];
  if (privates.length > 0) return documentFailed('key_published_private', { kids: privates.slice(0, 5) }).failure;
  if (secrets.length > 0) return documentFailed('key_published_secret', { kids: secrets.slice(0, 5) }).failure;
  return undefined;
}

function clockNotices(sentAt: EpochMs | undefined, now: EpochMs): readonly Notice[] {
  return clockWarning(sentAt, now).map((difference) => notice('clock_differs', { difference }));
}

function shown(keys: readonly VerificationKey[]): readonly string[] {
  const lines = keys.slice(0, shownAtMost).map(lineOf);
  return keys.length > shownAtMost ? [...lines, `and ${keys.length - shownAtMost} more`] : lines;
}

function lineOf({ id, type, curve, algorithms }: VerificationKey): string {
  return `${id ?? '(no kid)'}  ${curve ?? type}  ${algorithms.map(({ name }) => name).join(' ')}`;
}
