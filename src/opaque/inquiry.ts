import type { Clock, EpochMs } from '../base/clock.ts';
import { rejection } from '../protocol/rejection.ts';
import { type Rejected, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { recognise } from '../tokens/index.ts';
import type { Answer, Asked } from './answer.ts';
import { AnswerMemory, type MemoryBounds } from './answer-memory.ts';
import { gracesGiven } from './channels.ts';
import type { GuardedEndpoint } from './guarded-endpoint.ts';
import type { IntrospectionFailure } from './introspection-failure.ts';
import { type AnswerRules, judgeAnswer, type Reliance } from './judge-answer.ts';
import type { Standing } from './slots.ts';

/** One question about one token. */
export interface Question {
  readonly token: string;
  /** SHA-256 of the token, lower-case hex. */
  readonly hash: string;
  readonly now: EpochMs;
  /** How old a good answer may be while there is no new one. */
  readonly graceMs: number;
  readonly witness: Witness | undefined;
}

type Outcome = Verdict<VerifiedToken>;

/** Finds out what one issuer says of its tokens: from memory while that is fresh, else by asking, else by grace. */
export class Inquiry {
  readonly #rules: AnswerRules & Pick<MemoryBounds, 'cache'>;
  readonly #endpoint: GuardedEndpoint;
  readonly #clock: Clock;
  readonly #memory: AnswerMemory;
  /** Whoever asks about a token that is being asked about waits for the same answer. */
  readonly #flights = new Map<string, Promise<Asked>>();

  constructor(settings: AnswerRules & Omit<MemoryBounds, 'leewaySeconds'>, endpoint: GuardedEndpoint, clock: Clock) {
    this.#rules = settings;
    this.#endpoint = endpoint;
    this.#clock = clock;
    this.#memory = new AnswerMemory({ ...settings, leewaySeconds: settings.expectation.leewaySeconds });
  }

  get remembered(): AnswerMemory['sizes'] {
    return this.#memory.sizes;
  }

  /** A witness wants to see the issuer asked, so for one nothing comes from memory; the guards hold for it, too. */
  verify(question: Question): Outcome | Promise<Outcome> {
    const { token, hash, now, witness } = question;
    witness?.('structure', { kind: kindOf(token), length: token.length });
    const known = witness === undefined ? this.#memory.fresh(hash, now) : undefined;
    if (known !== undefined) return this.#judge(known, question, 'memory');
    const flight = this.#flights.get(hash);
    const standing = this.#memory.lastGood(hash, Number.POSITIVE_INFINITY, now) === undefined ? 'stranger' : 'known';
    const refusal = flight === undefined ? this.#endpoint.refusal(standing) : undefined;
    if (refusal !== undefined) return this.#withoutAnswer(refusal.failure, question);
    return (flight ?? this.#ask(token, hash, standing)).then((asked) =>
      asked.ok ? this.#judge(asked.answer, question, 'issuer') : this.#withoutAnswer(asked.failure, question),
    );
  }

  /** What was learned is in memory before the flight is over, so that nobody asks again in between. */
  #ask(token: string, hash: string, standing: Standing): Promise<Asked> {
    const flight = this.#endpoint
      .ask(token, standing)
      .then((asked) => {
        if (asked.ok) this.#memory.keep(hash, asked.answer, this.#isGood(asked.answer, token, hash));
        return asked;
      })
      .finally(() => this.#flights.delete(hash));
    this.#flights.set(hash, flight);
    return flight;
  }

  #isGood(answer: Answer, token: string, hash: string): boolean {
    const now = this.#clock();
    return this.#judge(answer, { token, hash, now, graceMs: 0, witness: undefined }, 'issuer').ok;
  }

  #judge(answer: Answer, question: Question, source: Reliance['source']): Outcome {
    const { token, hash, now, graceMs, witness } = question;
    const end = answer.askedAt + (source === 'grace' ? graceMs : this.#rules.cache);
    const reliance = { source, freshUntil: source === 'grace' ? now : end, endsAt: end };
    return judgeAnswer(answer, { kind: kindOf(token), hash }, this.#rules, reliance, now, witness);
  }

  /** Grace lets pass whom the issuer let pass a while ago. It never refuses in the issuer's name. */
  #withoutAnswer(failure: IntrospectionFailure, question: Question): Outcome {
    const { hash, now, graceMs } = question;
    const last = this.#memory.lastGood(hash, graceMs, now);
    const verdict = last === undefined ? undefined : this.#judge(last, question, 'grace');
    if (last === undefined || verdict?.ok !== true) return unavailable(this.#rules.issuerName, failure);
    gracesGiven.announce({ issuerName: this.#rules.issuerName, age: now - last.askedAt });
    return verdict;
  }
}

function kindOf(token: string): 'jwt' | 'opaque' {
  return recognise(token) === 'jwt' ? 'jwt' : 'opaque';
}

function unavailable(issuer: string, { code, title, remedy, facts }: IntrospectionFailure): Rejected {
  const { retryAfter, reason: detail, ...others } = facts;
  const hint = { retryAfter: typeof retryAfter === 'number' ? retryAfter : 1 };
  const why = { issuer, failure: code, reason: title, ...(detail === undefined ? {} : { detail }), advice: remedy };
  return refuse(rejection('issuer_unavailable', { ...others, ...why }, hint));
}
