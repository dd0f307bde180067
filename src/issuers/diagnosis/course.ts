import { clip } from '../clip.ts';
import type { IssuerFailure } from '../issuer-failure.ts';
import { type DiagnosisStep, type DiagnosisStepName, diagnosisSteps } from './diagnosis.ts';
import type { Notice } from './notice.ts';

/** What came of a step: it failed if there is a failure. */
export interface Judged {
  readonly seen?: readonly string[];
  readonly notices?: readonly Notice[];
  readonly failure?: IssuerFailure | undefined;
}

/** How far a diagnosis came. */
export class Course {
  readonly #steps: DiagnosisStep[] = [];

  /** @returns whether the step was passed */
  record(step: DiagnosisStepName, { seen = [], notices = [], failure }: Judged): boolean {
    this.#steps.push({
      step,
      outcome: failure === undefined ? 'passed' : 'failed',
      seen: seen.map(clip),
      notices,
      failure,
    });
    return failure === undefined;
  }

  /** All steps, those that were not reached too. */
  get steps(): readonly DiagnosisStep[] {
    return diagnosisSteps.map((name) => this.#steps.find(({ step }) => step === name) ?? notReached(name));
  }
}

function notReached(step: DiagnosisStepName): DiagnosisStep {
  return { step, outcome: 'not reached', seen: [], notices: [], failure: undefined };
}
