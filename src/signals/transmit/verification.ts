import { setTimeout as rest } from 'node:timers/promises';
import type { Clock, EpochMs } from '../../base/clock.ts';
import { isJsonObject, type Json } from '../../base/json.ts';
import type { HttpClient } from '../../net/index.ts';
import { streamFailed, streamVerified } from '../channels.ts';
import { sameSecret } from '../endpoints/same-secret.ts';
import { deliverSet } from './deliver-set.ts';
import { makeVerificationSet, type SetSigner } from './make-set.ts';
import type { StreamOptions } from './stream.ts';

/** Milliseconds between two verifications of a stream. */
const shortestInterval = 10_000;

/** Milliseconds before each try. */
const tries = [0, 1_000, 5_000];

/** Characters. */
const longestState = 1024;

interface VerificationDependencies {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly signer: SetSigner;
}

/** Sends verification events when receivers ask for them (SSF 1.0 section 8.1.4.2). */
export class Verifications {
  readonly #dependencies: VerificationDependencies;
  readonly #lastAsked = new Map<string, EpochMs>();
  readonly #abort = new AbortController();

  constructor(dependencies: VerificationDependencies) {
    this.#dependencies = dependencies;
  }

  /**
   * @param token the stream's own, by which its receiver is known
   * @returns the status that the section gives
   */
  ask(streams: readonly StreamOptions[], token: string | undefined, body: Json): 204 | 400 | 401 | 404 | 429 {
    const own = streams.filter((stream) => knows(stream, token));
    if (own.length === 0) return 401;
    const { stream_id: id, state } = isJsonObject(body) ? body : {};
    if (typeof id !== 'string' || !(state === undefined || isState(state))) return 400;
    const stream = own.find(({ name }) => name === id);
    if (stream === undefined) return 404;
    const now = this.#dependencies.clock();
    if (now - (this.#lastAsked.get(id) ?? 0) < shortestInterval) return 429;
    this.#lastAsked.set(id, now);
    void this.#send(stream, state);
    return 204;
  }

  stop(): void {
    this.#abort.abort();
  }

  async #send(stream: StreamOptions, state: string | undefined): Promise<void> {
    const { clock, http, signer } = this.#dependencies;
    const { signal } = this.#abort;
    for (const [index, pause] of tries.entries()) {
      await rest(pause, undefined, { ref: false, signal }).catch(() => undefined);
      if (signal.aborted) return;
      const set = makeVerificationSet(stream, state, signer, clock());
      const delivery = await deliverSet(set, stream, http, signal);
      if (delivery.kind === 'delivered') return streamVerified.announce({ stream: stream.name });
      const { code, facts } = delivery;
      const failure = { stream: stream.name, seq: undefined, code, facts, failures: index + 1 };
      streamFailed.announce({ ...failure, pause: tries[index + 1] ?? 0 });
    }
  }
}

function knows(stream: StreamOptions, token: string | undefined): boolean {
  return stream.token !== undefined && token !== undefined && sameSecret(token, stream.token);
}

function isState(value: Json): value is string {
  return typeof value === 'string' && value.length <= longestState;
}
