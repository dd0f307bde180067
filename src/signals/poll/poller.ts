import type { HttpClient } from '../../net/index.ts';
import { jsonDocument, type NetFailure } from '../../net/index.ts';
import { pollFailed, signalRefused, signalsFailed } from '../channels.ts';
import type { SignalsDependencies } from '../dependencies.ts';
import type { PollRules, Receiver, SetRules } from '../receiver.ts';
import { takeSet } from '../set/take-set.ts';
import { refuseSignal, type SignalRefusal, type SignalVerdict, signalRefusalKind } from '../signal-refusal.ts';
import { type PollAnswer, readPollAnswer } from './poll-answer.ts';

/** SETs asked for at once: each may be 32 KiB, and all fit into what is read of an answer. */
const maxEvents = 100;
const maxBytes = 4 * 1_048_576;

/** Milliseconds between two polls at least, whatever the transmitter says. */
const shortestPause = 100;

/** Milliseconds between tries while the transmitter fails: doubling up to the greatest. */
const firstPause = 1_000;
const longestPause = 60_000;

/** Milliseconds for the answer itself, beyond what the transmitter may wait for news. */
const grace = 5_000;

type SetErrors = Readonly<Record<string, { readonly err: string; readonly description: string }>>;

/** What the transmitter is to be told with the next poll. */
interface Report {
  readonly ack: readonly string[];
  readonly setErrs: SetErrors;
}

const nothing: Report = { ack: [], setErrs: {} };

function hasContent({ ack, setErrs }: Report): boolean {
  return ack.length > 0 || Object.keys(setErrs).length > 0;
}

/**
 * Poll-based delivery (RFC 8936): asks, takes, and acknowledges with the next poll what is durable by then. What was taken
 * and not acknowledged, since the program was killed, comes again and changes nothing.
 */
export class Poller {
  readonly #receiver: Receiver;
  readonly #rules: SetRules & { readonly poll: PollRules };
  readonly #dependencies: SignalsDependencies;
  readonly #abort = new AbortController();
  #report = nothing;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(receiver: Receiver, rules: SetRules & { readonly poll: PollRules }, dependencies: SignalsDependencies) {
    this.#receiver = receiver;
    this.#rules = rules;
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(pause: number): void {
    if (this.#abort.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#running = this.#poll().then((next) => this.#schedule(next));
    }, pause).unref();
  }

  /** @returns milliseconds until the next poll */
  async #poll(): Promise<number> {
    const { interval } = this.#rules.poll;
    const report = this.#report;
    const answer = await this.#ask(report);
    if (this.#abort.signal.aborted) return 0;
    if (!answer.ok) return this.#failed(answer.code, answer.facts);
    this.#failures = 0;
    this.#report = await this.#takeAll(answer.value);
    // What was taken is acknowledged at once, and a long poll is asked anew.
    const isNext = hasContent(this.#report) || this.#rules.poll.wait > 0;
    return isNext ? Math.min(shortestPause, interval) : interval;
  }

  async #ask(report: Report): Promise<Asked> {
    const { endpoint, token, wait } = this.#rules.poll;
    const { ack, setErrs } = report;
    // Nobody waits for an answer to an acknowledgement: the long poll is the one that follows.
    const returnImmediately = wait === 0 || hasContent(report);
    const answer = await this.#dependencies.http.send({
      method: 'POST',
      url: endpoint,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ maxEvents, returnImmediately, ack, setErrs }),
      maxBytes,
      timeout: (returnImmediately ? 0 : wait) + grace,
      signal: this.#abort.signal,
    });
    return readAnswer(answer, !returnImmediately);
  }

  async #takeAll({ sets }: PollAnswer): Promise<Report> {
    const ack: string[] = [];
    const setErrs: Record<string, SetErrors[string]> = Object.create(null);
    for (const [jti, set] of sets) {
      const verdict = await this.#take(jti, set);
      if (verdict.ok) ack.push(jti);
      else {
        this.#announce(verdict.refusal);
        const { err, title } = signalRefusalKind(verdict.refusal);
        // What failed by our fault is neither acknowledged nor refused, so that it comes again.
        if (err !== undefined) setErrs[jti] = { err, description: title };
      }
    }
    return { ack, setErrs };
  }

  async #take(jti: string, set: string): Promise<SignalVerdict<string>> {
    try {
      const verdict = await takeSet(set, 'poll', this.#receiver, this.#rules, this.#dependencies);
      const isOther = verdict.ok && verdict.value !== jti;
      return isOther
        ? refuseSignal('claim_invalid', { claim: 'jti', expected: 'the name it was sent under' })
        : verdict;
    } catch (error) {
      signalsFailed.announce({ where: `poll of ${this.#receiver.name}`, error });
      return refuseSignal('store_unavailable');
    }
  }

  #announce(refusal: SignalRefusal): void {
    signalRefused.announce({ receiver: this.#receiver.name, path: 'poll', refusal, address: undefined });
  }

  #failed(code: string, facts: NetFailure['facts']): number {
    this.#failures++;
    pollFailed.announce({ receiver: this.#receiver.name, code, facts, failures: this.#failures });
    return Math.min(longestPause, firstPause * 2 ** Math.min(this.#failures - 1, 10));
  }
}

type Asked =
  | { readonly ok: true; readonly value: PollAnswer }
  | { readonly ok: false; readonly code: string; readonly facts: NetFailure['facts'] };

const empty: PollAnswer = { sets: [], moreAvailable: false };

/** A long poll that ends with nothing said has brought nothing. */
function readAnswer(answer: Awaited<ReturnType<HttpClient['send']>>, isLong: boolean): Asked {
  if (!answer.ok) {
    const { code, facts } = answer.failure;
    return isLong && code === 'timeout' ? { ok: true, value: empty } : { ok: false, code, facts };
  }
  const { status } = answer.value;
  if (status === 204) return { ok: true, value: empty };
  if (status !== 200) return { ok: false, code: 'http_status', facts: { status } };
  const document = jsonDocument(answer.value);
  if (!document.ok) return { ok: false, code: document.failure.code, facts: document.failure.facts };
  const read = readPollAnswer(document.value.value);
  return read === undefined ? { ok: false, code: 'answer_malformed', facts: {} } : { ok: true, value: read };
}
