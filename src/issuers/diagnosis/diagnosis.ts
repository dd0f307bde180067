import type { JsonObject } from '../../protocol/claims.ts';
import type { FetchedKeys } from '../fetch-keys.ts';
import type { PresetGuess } from '../guess-preset.ts';
import type { IssuerFailure } from '../issuer-failure.ts';
import type { Notice } from './notice.ts';

/** In the order in which an issuer is tried. */
export const diagnosisSteps = ['name', 'connect', 'discovery', 'issuer', 'key_set', 'keys'] as const;

export type DiagnosisStepName = (typeof diagnosisSteps)[number];

export interface DiagnosisStep {
  readonly step: DiagnosisStepName;
  readonly outcome: 'passed' | 'failed' | 'not reached';
  /** What was seen, a line each. Some of it is the issuer's own words. */
  readonly seen: readonly string[];
  /** What works, and will surprise all the same. */
  readonly notices: readonly Notice[];
  readonly failure: IssuerFailure | undefined;
}

/** How an issuer answers at this moment. */
export interface IssuerDiagnosis {
  readonly ok: boolean;
  /** All of them, in order. */
  readonly steps: readonly DiagnosisStep[];
  /** Its document, where one could be read. */
  readonly found: FoundIssuer | undefined;
}

export interface FoundIssuer {
  readonly documentUrl: string;
  readonly document: JsonObject;
  readonly guess: PresetGuess;
  readonly keys: FetchedKeys | undefined;
}
