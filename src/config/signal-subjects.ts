import { placesOf } from '../issuers/index.ts';
import { type SubjectFormat, signalProfiles, subjectFormats } from '../signals/index.ts';
import type { IssuerConfig, SignalReceiverConfig } from './config.ts';

/** How the people that events are about are found among an issuer's tokens. */
export interface SignalSubjects {
  /** By format, the claim of its tokens that holds what such a subject names; undefined: there is none. */
  readonly claims: Readonly<Record<SubjectFormat, string | undefined>>;
  /** The claim by which tokens are revoked as their subject's; undefined where it lies deeper than that. */
  readonly subjectClaim: string | undefined;
  /** Formats of which the claim is that one: by no other is any token found. */
  readonly formats: readonly SubjectFormat[];
  readonly sessionInTokens: boolean;
}

export function signalSubjects({ subjects }: SignalReceiverConfig, { preset, claims }: IssuerConfig): SignalSubjects {
  const profile = signalProfiles[preset];
  const { iss_sub = profile.subjectClaim, opaque = iss_sub, email } = subjects;
  const [place] = claims?.subject ?? placesOf(preset).subject;
  const subjectClaim = place?.length === 1 ? place[0] : undefined;
  const byFormat = { iss_sub, opaque, email };
  return {
    claims: byFormat,
    subjectClaim,
    formats: subjectFormats.filter((format) => subjectClaim !== undefined && byFormat[format] === subjectClaim),
    sessionInTokens: subjects.sessionInTokens ?? profile.sessionInTokens,
  };
}
