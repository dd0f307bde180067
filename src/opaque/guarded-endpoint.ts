import type { Clock, EpochMs } from '../base/clock.ts';
import { type Asked, type Unanswered, unanswered } from './answer.ts';
import { introspectionCircuits, introspectionsFailed, tokensIntrospected } from './channels.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { AskIssuer } from './introspection-client.ts';
import { type IntrospectionFailure, introspectionFailure } from './introspection-failure.ts';
import type { IntrospectionHealth } from './introspection-health.ts';
import { Slots, type Standing } from './slots.ts';

export interface EndpointSettings {
  readonly issuerName: string;
  readonly endpoint: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly concurrency: number;
}

const breakerSettings = { threshold: 5, rest: 2_000 } as const;

/**
 * Failures by which an endpoint shows that it is up. They do not open the breaker: who holds a token for which it
 * answers strangely must not be able to keep it from being asked about others.
 */
const signsOfLife: ReadonlySet<IntrospectionFailure['code']> = new Set([
  'too_large',
  'not_json',
  'json_unsafe',
  'answer_encoded',
  'status_unexpected',
  'answer_malformed',
  'answer_not_signed',
  'answer_not_trusted',
  'keys_unavailable',
]);

/**
 * An introspection endpoint behind its guards: so many requests at once, and none while it keeps failing. Anybody can
 * bring tokens at which an endpoint fails. So what fails for strangers keeps strangers out, and the known go ahead of
 * them: what matters to a token that was good before is how others fare that were.
 */
export class GuardedEndpoint {
  readonly #settings: EndpointSettings;
  readonly #ask: AskIssuer;
  readonly #clock: Clock;
  readonly #breakers = {
    known: new CircuitBreaker(breakerSettings),
    stranger: new CircuitBreaker(breakerSettings),
  } satisfies Record<Standing, CircuitBreaker>;
  readonly #slots: Slots;
  #lastSuccess: EpochMs | undefined;
  #lastFailure: IntrospectionHealth['lastFailure'];
  #failures = 0;
  #isKnownOpen = false;

  constructor(settings: EndpointSettings, ask: AskIssuer, clock: Clock) {
    this.#settings = Object.freeze({ ...settings, endpoint: settings.endpoint.replace(/[?#].*$/, '') });
    this.#ask = ask;
    this.#clock = clock;
    this.#slots = new Slots(settings.concurrency, settings.timeout / 2);
  }

  /** Why nothing would be sent now. */
  refusal(standing: Standing): Unanswered | undefined {
    const now = this.#clock();
    const breaker = this.#breakers[standing];
    return breaker.refuses(now) ? this.#notSent(this.#circuitOpen(breaker, now)) : undefined;
  }

  async ask(token: string, standing: Standing): Promise<Asked> {
    const since = this.#clock();
    if (!(await this.#slots.take(standing))) return this.#notSent(introspectionFailure('saturated', this.#load()));
    try {
      return await this.#pass(token, this.#breakers[standing], since);
    } finally {
      this.#slots.giveBack();
    }
  }

  health(): Omit<IntrospectionHealth, 'remembered'> {
    const { issuerName, endpoint } = this.#settings;
    return {
      issuerName,
      endpoint,
      state: this.#state(),
      lastSuccess: this.#lastSuccess,
      lastFailure: this.#lastFailure,
      failures: this.#failures,
      nextAttempt: this.#openUntil,
      ...this.#load(),
    };
  }

  /** The breaker may have opened while this call waited for its turn. */
  async #pass(token: string, breaker: CircuitBreaker, since: EpochMs): Promise<Asked> {
    const now = this.#clock();
    const passage = breaker.enter(now);
    if (passage === undefined) return this.#notSent(this.#circuitOpen(breaker, now));
    let isAlive = false;
    try {
      const asked = await this.#ask(token);
      isAlive = asked.ok || signsOfLife.has(asked.failure.code);
      this.#note(asked, since);
      return asked;
    } finally {
      passage.end(isAlive, this.#clock());
      if (breaker === this.#breakers.known && isAlive) this.#breakers.stranger.close();
      this.#announceCircuit();
    }
  }

  #note(asked: Asked, since: EpochMs): void {
    const { issuerName, endpoint } = this.#settings;
    const now = this.#clock();
    tokensIntrospected.announce({ issuerName, outcome: outcomeOf(asked), duration: now - since });
    if (asked.ok) {
      this.#lastSuccess = now;
      this.#failures = 0;
      return;
    }
    const { failure } = asked;
    this.#lastFailure = { at: now, failure };
    this.#failures++;
    introspectionsFailed.announce({ issuerName, endpoint, failure, failures: this.#failures });
  }

  #notSent(failure: IntrospectionFailure): Unanswered {
    const { issuerName } = this.#settings;
    tokensIntrospected.announce({ issuerName, outcome: failure.code, duration: undefined });
    return unanswered(failure);
  }

  #announceCircuit(): void {
    const { issuerName, endpoint } = this.#settings;
    const open = this.#openUntil !== undefined;
    if (open === this.#isKnownOpen) return;
    this.#isKnownOpen = open;
    introspectionCircuits.announce({ issuerName, endpoint, open });
  }

  #circuitOpen(breaker: CircuitBreaker, now: EpochMs): IntrospectionFailure {
    const { openUntil = now } = breaker;
    const last = this.#lastFailure?.failure;
    const retryAfter = Math.max(1, Math.ceil((openUntil - now) / 1000));
    return introspectionFailure('circuit_open', {
      failures: this.#failures,
      last: last?.code,
      why: last?.title,
      retryAfter,
    });
  }

  /** Set while anybody is kept out. */
  get #openUntil(): EpochMs | undefined {
    return this.#breakers.stranger.openUntil ?? this.#breakers.known.openUntil;
  }

  #state(): IntrospectionHealth['state'] {
    if (this.#openUntil !== undefined) return 'open';
    if (this.#failures > 0) return 'failing';
    return this.#lastSuccess === undefined ? 'waiting' : 'ok';
  }

  #load(): Pick<IntrospectionHealth, 'asking' | 'waiting'> {
    return { asking: this.#slots.taken, waiting: this.#slots.waiting };
  }
}

function outcomeOf(asked: Asked): 'active' | 'inactive' | IntrospectionFailure['code'] {
  if (!asked.ok) return asked.failure.code;
  return asked.answer.claims === undefined ? 'inactive' : 'active';
}
