import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Revocation, RevocationIndex, type RevocationLog } from '../../src/revocation/index.ts';
import { RevocationFollower } from '../../src/revocation/revocation-follower.ts';
import { aPrincipal } from '../fixtures/a-principal.ts';
import { commit, type Entry, emptyLog, purge, readAfter } from './log-model.ts';

const principal = aPrincipal();
/** Acts before the last catch-up. */
const length = 5;

function revocationOf({ seq, what }: Entry): Revocation {
  const { issuer } = principal;
  return { seq, at: 1, issuer, kind: 'jti', value: what, expiresAt: 9e12, actor: 'test' };
}

/** The follower of the program, before a log that is the model's. */
class Scene {
  readonly index = new RevocationIndex();
  readonly follower: RevocationFollower;
  #log = emptyLog;
  #standby = emptyLog;
  readonly #expired: string[] = [];
  #marks = 0;
  #readsLeft = Number.POSITIVE_INFINITY;

  constructor() {
    const readAfterPosition: RevocationLog['readAfter'] = async ({ seq, mark }, limit) => {
      if (this.#readsLeft-- <= 0) throw new Error('cut off');
      const page = readAfter(this.#log, { seq, mark: Number(mark) }, limit);
      const position = page && { seq: page.position.seq, mark: String(page.position.mark) };
      return page && position && { ...page, entries: page.entries.map(revocationOf), position };
    };
    const log = { readAfter: readAfterPosition } as RevocationLog;
    this.follower = new RevocationFollower({ log, index: this.index, clock: () => 1, batchSize: 1 });
  }

  append(count: number): void {
    const mark = ++this.#marks;
    const what = Array.from({ length: count }, (_, index) => `${mark}.${index}`);
    this.#log = commit(this.#log, this.#log.head + 1, what, mark);
  }

  replicate(): void {
    this.#standby = this.#log;
  }

  failOver(): void {
    this.#log = this.#standby;
  }

  /** From here on it makes no difference whether the oldest entry is in the log, or in the index. */
  expire(): void {
    const [oldest] = this.#log.entries;
    if (oldest !== undefined) this.#expired.push(oldest.what);
    this.#log = purge(this.#log, this.#expired);
  }

  async catchUp(reads = Number.POSITIVE_INFINITY): Promise<void> {
    this.#readsLeft = reads;
    await this.follower.catchUp();
    const live = this.#log.entries.filter(({ what }) => !this.#expired.includes(what));
    for (const { what } of live) assert.ok(this.index.match({ ...principal, tokenId: what }), `${what} is missed`);
    assert.ok(this.index.size <= live.length + this.#expired.length, 'something is made up');
    assert.equal(this.follower.applied.seq, this.#log.head);
  }
}

type Act = (scene: Scene) => void | Promise<void>;

const acts: Readonly<Record<string, Act>> = {
  'one is appended': (scene) => scene.append(1),
  'two are appended': (scene) => scene.append(2),
  'the standby follows': (scene) => scene.replicate(),
  'the standby takes over': (scene) => scene.failOver(),
  'the follower catches up': (scene) => scene.catchUp(),
  'the follower is cut off': (scene) => scene.catchUp(2).catch(() => undefined),
  'the oldest expires': (scene) => scene.expire(),
};

function* sequences(count: number): Generator<readonly string[]> {
  if (count === 0) return yield [];
  for (const shorter of sequences(count - 1)) {
    for (const act of Object.keys(acts)) yield [...shorter, act];
  }
}

test('The follower itself is level after every catch-up, whatever happened in whatever order.', async (t) => {
  let count = 0;
  for (const sequence of sequences(length)) {
    const scene = new Scene();
    try {
      for (const act of sequence) await acts[act]?.(scene);
      await scene.catchUp();
    } catch (error) {
      throw new Error(`after: ${sequence.join(', ')}`, { cause: error });
    }
    count++;
  }
  t.diagnostic(`${count} sequences`);
});
