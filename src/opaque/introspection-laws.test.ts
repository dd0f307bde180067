import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { activeAnswer, expectation, issuer, now } from '../../test/fixtures/an-introspection-server.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { HttpClient, HttpResponse } from '../net/index.ts';
import { createIntrospectionVerifier, type IntrospectionVerifier } from './introspection-verifier.ts';

/** What an issuer may say of a token at some time, and what becomes of the token then. */
const sayings = {
  active: { ...activeAnswer, exp: now / 1000 + 86_400 },
  short: { ...activeAnswer, exp: now / 1000 + 25 },
  refresh: { ...activeAnswer, token_use: 'refresh_token' },
  inactive: { active: false },
} as const;
type Said = keyof typeof sayings;

/** What may stand between us and the issuer. */
const troubles = ['none', 'down', 'garbled'] as const;
type Trouble = (typeof troubles)[number];

type Step =
  | { readonly kind: 'say'; readonly token: string; readonly said: Said }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'ask'; readonly token: string; readonly graceMs: number; readonly witnessed: boolean };

const aToken = fc.constantFrom('a', 'b', 'c');
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('say' as const),
    token: aToken,
    said: fc.constantFrom(...(Object.keys(sayings) as Said[])),
  }),
  fc.record({ kind: fc.constant('trouble' as const), trouble: fc.constantFrom(...troubles) }),
  fc.record({
    kind: fc.constant('wait' as const),
    milliseconds: fc.constantFrom(0, 1, 999, 2_000, 5_000, 9_999, 10_000, 40_000),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      token: aToken,
      graceMs: fc.constantFrom(0, 8_000, 60_000),
      witnessed: fc.boolean(),
    }),
  },
);

const bounds = { cache: 10_000, negativeCache: 3_000 } as const;

/** An issuer, its tokens and the way to it; everything that was ever true of a token, with the time since when. */
class World {
  time = now;
  trouble: Trouble = 'none';
  asked = 0;
  readonly #history = new Map<string, { since: number; said: Said }[]>();

  say(token: string, said: Said): void {
    this.#historyOf(token).push({ since: this.time, said });
  }

  says(token: string): Said {
    return this.#historyOf(token).at(-1)?.said ?? 'inactive';
  }

  /** All that was true of a token at any moment of a stretch of time. */
  saidWithin(token: string, from: number): Said[] {
    const history = this.#historyOf(token);
    return history
      .filter((_, index) => (history[index + 1]?.since ?? Number.POSITIVE_INFINITY) >= from)
      .map(({ said }) => said);
  }

  readonly http: HttpClient = {
    send: (request) => {
      this.asked++;
      const token = new URLSearchParams(request.body).get('token') ?? '';
      return Promise.resolve({ ok: true, value: this.#answer(token) });
    },
    getJson: () => assert.fail('not asked for'),
    close: () => Promise.resolve(),
  };

  verifier(): IntrospectionVerifier {
    const authentication = { method: 'none' } as const;
    const endpoint = 'https://legacy.example/introspect';
    return createIntrospectionVerifier(
      { issuerName: 'legacy', issuer, expectation, endpoint, authentication, ...bounds },
      { http: this.http, clock: () => this.time },
    );
  }

  #historyOf(token: string): { since: number; said: Said }[] {
    const known = this.#history.get(token) ?? [{ since: 0, said: 'inactive' as const }];
    this.#history.set(token, known);
    return known;
  }

  #answer(token: string): HttpResponse {
    const headers = { 'content-type': 'application/json' };
    if (this.trouble === 'down') return { status: 503, headers, body: Buffer.from('') };
    if (this.trouble === 'garbled') return { status: 200, headers, body: Buffer.from('{"active":') };
    return { status: 200, headers, body: Buffer.from(JSON.stringify(sayings[this.says(token)])) };
  }
}

async function outcomeOf(verifier: IntrospectionVerifier, step: Step & { kind: 'ask' }, time: number): Promise<string> {
  const witness = step.witnessed ? () => undefined : undefined;
  const verdict = await verifier.verify(step.token, sha256Hex(step.token), time, step.graceMs, witness);
  return verdict.ok ? 'accepted' : verdict.rejection.code;
}

function verdictOn(said: Said, time: number): string {
  if (said === 'inactive') return 'token_inactive';
  if (said === 'refresh') return 'not_an_access_token';
  return time / 1000 >= sayings[said].exp + expectation.leewaySeconds ? 'token_expired' : 'accepted';
}

interface Line {
  failures: number;
  openUntil: number | undefined;
}

/** The naive gate: the whole rule book in a few lines, with no cleverness in it. */
class Model {
  readonly #world: World;
  readonly #answers = new Map<string, { at: number; said: Said }>();
  readonly #known: Line = { failures: 0, openUntil: undefined };
  readonly #stranger: Line = { failures: 0, openUntil: undefined };

  constructor(world: World) {
    this.#world = world;
  }

  ask({ token, graceMs, witnessed }: Step & { kind: 'ask' }): string {
    const { time } = this.#world;
    const last = this.#answers.get(token);
    if (!witnessed && last !== undefined && this.#isFresh(last)) return verdictOn(last.said, time);
    if (this.#reach(last !== undefined && this.#wasGood(last) ? this.#known : this.#stranger)) {
      const said = this.#world.says(token);
      this.#answers.set(token, { at: time, said });
      return verdictOn(said, time);
    }
    const isGraced = last !== undefined && time < last.at + graceMs && this.#wasGood(last);
    return isGraced && verdictOn(last.said, time) === 'accepted' ? 'accepted' : 'issuer_unavailable';
  }

  #wasGood({ at, said }: { at: number; said: Said }): boolean {
    return verdictOn(said, at) === 'accepted';
  }

  #isFresh(answer: { at: number; said: Said }): boolean {
    const { time } = this.#world;
    if (!this.#wasGood(answer)) return time < answer.at + bounds.negativeCache;
    return time < answer.at + bounds.cache && verdictOn(answer.said, time) === 'accepted';
  }

  /**
   * Five failures in a row, and nobody of that standing is sent for two seconds; garbage is a sign of life. What reaches
   * the issuer for the known opens the way for strangers, not the other way round.
   */
  #reach(line: Line): boolean {
    const { time, trouble } = this.#world;
    if (line.openUntil !== undefined && time < line.openUntil) return false;
    if (trouble !== 'down') {
      for (const each of line === this.#known ? [this.#known, this.#stranger] : [line]) {
        Object.assign(each, { failures: 0, openUntil: undefined });
      }
      return trouble === 'none';
    }
    line.failures++;
    if (line.openUntil !== undefined || line.failures >= 5) line.openUntil = time + 2_000;
    return false;
  }
}

/** Takes the steps one after the other; each question is shown with what became of it. */
async function take(
  steps: readonly Step[],
  onAsk: (world: World, verifier: IntrospectionVerifier, step: Step & { kind: 'ask' }) => Promise<void>,
): Promise<void> {
  const world = new World();
  const verifier = world.verifier();
  for (const step of steps) {
    if (step.kind === 'say') world.say(step.token, step.said);
    else if (step.kind === 'trouble') world.trouble = step.trouble;
    else if (step.kind === 'wait') world.time += step.milliseconds;
    else await onAsk(world, verifier, step);
  }
}

const steps = fc.array(aStep, { maxLength: 60, size: 'max' });
const runs = { numRuns: 300 };

test('whatever is said, fails and passes, every verdict is that of the naive model', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      let model: Model | undefined;
      await take(sequence, async (world, verifier, step) => {
        model ??= new Model(world);
        const actual = await outcomeOf(verifier, step, world.time);
        assert.equal(actual, model.ask(step));
      });
    }),
    runs,
  );
});

test('nobody is let in whom the issuer has not called active within the bounds, nor refused in its name without a word of it', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await take(sequence, async (world, verifier, step) => {
        const outcome = await outcomeOf(verifier, step, world.time);
        if (outcome === 'issuer_unavailable') return;
        const bound = outcome === 'accepted' ? Math.max(bounds.cache, step.graceMs) : bounds.negativeCache;
        const verdicts = world.saidWithin(step.token, world.time - bound).map((said) => verdictOn(said, world.time));
        assert.ok(verdicts.includes(outcome), `${outcome} of ${verdicts}`);
      });
    }),
    runs,
  );
});

test('where nothing was said anew within the bounds, the remembered verdict is the cold one', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      await take(sequence, async (world, verifier, step) => {
        const warm = await outcomeOf(verifier, step, world.time);
        const said = world.saidWithin(step.token, world.time - bounds.cache);
        if (warm === 'issuer_unavailable' || new Set(said).size !== 1) return;
        const { trouble } = world;
        world.trouble = 'none';
        const cold = await outcomeOf(world.verifier(), { ...step, witnessed: false }, world.time);
        world.trouble = trouble;
        // By grace, an older word may count than any within the bounds.
        if (step.graceMs <= bounds.cache) assert.equal(warm, cold);
      });
    }),
    runs,
  );
});

test('an issuer that is down is not asked more often than its guard allows', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(aToken, fc.nat(500)), { maxLength: 100 }), async (questions) => {
      const world = new World();
      const verifier = world.verifier();
      world.trouble = 'down';
      for (const [token, milliseconds] of questions) {
        world.time += milliseconds;
        const step = { kind: 'ask', token, graceMs: 0, witnessed: false } as const;
        assert.equal(await outcomeOf(verifier, step, world.time), 'issuer_unavailable');
      }
      assert.ok(world.asked <= 5 + Math.floor((world.time - now) / 2_000));
    }),
    { numRuns: 100 },
  );
});
