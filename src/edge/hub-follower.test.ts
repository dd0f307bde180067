import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { until } from '../../test/store/until.ts';
import { LogTail } from '../admin/following/log-tail.ts';
import { tellLog } from '../admin/following/tell-log.ts';
import { monotonicClock, systemClock } from '../base/clock.ts';
import {
  type LogPage,
  type LogPosition,
  type Revocation,
  RevocationIndex,
  readPosition,
  startOfLog,
  writeLogEvent,
} from '../revocation/index.ts';
import type { Hub } from './hub.ts';
import { HubFollower } from './hub-follower.ts';
import { reconnectDelay } from './reconnect-delay.ts';

const issuer = 'https://acme.example';

/** A log in memory, with a mark of its own on each entry. */
class Log {
  readonly name: string;
  readonly entries: Revocation[] = [];

  constructor(name: string, count: number) {
    this.name = name;
    this.append(count);
  }

  append(count: number): void {
    for (let n = 0; n < count; n++) {
      const seq = this.entries.length + 1;
      const common = { issuer, kind: 'subject', before: 1, expiresAt: 9, at: 1, actor: 'test' } as const;
      this.entries.push({ ...common, seq, value: `${this.name}-${seq}` });
    }
  }

  position(seq: number): LogPosition {
    return seq === 0 ? startOfLog : { seq, mark: `${this.name}${seq}` };
  }

  knows({ seq, mark }: LogPosition): boolean {
    return seq <= this.entries.length && this.position(seq).mark === mark;
  }

  readAfter(after: LogPosition): Promise<LogPage | undefined> {
    if (!this.knows(after)) return Promise.resolve(undefined);
    const entries = this.entries.slice(after.seq, after.seq + 3);
    const seq = after.seq + entries.length;
    return Promise.resolve({ entries, position: this.position(seq), isLast: seq === this.entries.length });
  }
}

type Fate = 'passes' | 'twice' | 'lost' | 'overtaken' | 'repeated later';

/** What befalls one connection. */
interface Weather {
  readonly fates: readonly Fate[];
  /** Bytes after which it breaks. */
  readonly cut: number | undefined;
  readonly pieceSize: number;
  /** Entries that are appended while it lasts. */
  readonly appended: number;
  /** Entries of the other database that the hub has from then on; undefined: it keeps its own. */
  readonly replaced: number | undefined;
}

const weather: fc.Arbitrary<Weather> = fc.record({
  fates: fc.array(fc.constantFrom<Fate>('passes', 'passes', 'twice', 'lost', 'overtaken', 'repeated later'), {
    maxLength: 8,
  }),
  cut: fc.option(fc.nat(1500), { nil: undefined }),
  pieceSize: fc.integer({ min: 1, max: 400 }),
  appended: fc.nat(4),
  replaced: fc.option(fc.nat(12), { nil: undefined, freq: 4 }),
});

/** The text of each event up to the end of the log, twice told, as the hub writes it. */
async function eventsOf(log: Log, from: LogPosition | undefined): Promise<string[]> {
  const over = new AbortController();
  const events: string[] = [];
  const tail = new LogTail({ readAfter: (position) => log.readAfter(position) }, monotonicClock);
  for await (const event of tellLog(tail, from, monotonicClock(), over.signal)) {
    events.push(writeLogEvent(event));
    if (event.kind === 'head') over.abort();
  }
  return [...events, events.at(-1) ?? ''];
}

function suffer(events: readonly string[], fates: readonly Fate[]): string {
  const told: string[] = [];
  const late: string[] = [];
  let held: string | undefined;
  events.forEach((event, n) => {
    const fate = fates[n] ?? 'passes';
    if (fate === 'overtaken' && held === undefined) {
      held = event;
      return;
    }
    if (fate !== 'lost') told.push(event);
    if (fate === 'twice') told.push(event);
    if (fate === 'repeated later') late.push(event);
    if (held !== undefined) told.push(held);
    held = undefined;
  });
  return [...told, ...late].join('');
}

/** All that is in force, and nothing else: exactly the entries of one history up to the place that is reported. */
function assertComplete(index: RevocationIndex, applied: LogPosition, histories: readonly Log[]): void {
  const log = histories.find((each) => each.knows(applied));
  assert.ok(log !== undefined);
  for (const { value } of log.entries.slice(0, applied.seq)) {
    assert.ok(
      index.match(aPrincipal({ issuer, subject: value, issuedAt: 1 })),
      `${value} is missing at ${applied.seq}`,
    );
  }
  // More than that is in force only while a new history is not read to its end, which is not confirmed either.
  assert.ok(index.size >= applied.seq);
}

test('Whatever befalls the stream, no entry up to the place that was reached is ever missing, and in the end none at all.', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.array(weather, { maxLength: 8 }), async (count, storms) => {
      const histories = [new Log('a', count)];
      const current = (): Log => histories.at(-1)!;
      const left = [...storms];
      const index = new RevocationIndex();
      const hub: Hub = {
        prepare: () => Promise.resolve(),
        send: () => Promise.resolve(),
        async stream(_, { headers, signal }) {
          const { fates = [], cut, pieceSize = 1000, appended = 0, replaced } = left.shift() ?? {};
          if (replaced !== undefined) histories.push(new Log(`h${histories.length}-`, replaced));
          const from = headers['last-event-id'];
          const before = await eventsOf(current(), from === undefined ? startOfLog : readPosition(from));
          const end = current().position(current().entries.length);
          current().append(appended);
          const after = appended === 0 ? [] : await eventsOf(current(), end);
          const bytes = Buffer.from(suffer([...before, ...after], fates)).subarray(0, cut);
          return (async function* () {
            for (let at = 0; at < bytes.length && !signal.aborted; at += pieceSize) {
              yield { ok: true, value: bytes.subarray(at, at + pieceSize) };
              assertComplete(index, follower.applied, histories);
            }
          })();
        },
      };
      const follower = new HubFollower({ hub, index, clock: systemClock, idleMs: 60_000, delay: () => 0 });
      await follower.start();
      await until(
        () =>
          left.length === 0 && current().knows(follower.applied) && follower.applied.seq === current().entries.length,
      );
      assertComplete(index, follower.applied, histories);
      await until(() => index.size === current().entries.length);
      follower.stop();
    }),
    { numRuns: 150 },
  );
});

test('It waits longer after each failure, never long, and not all wait alike.', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 9, 99].map((failures) => reconnectDelay(failures, 1)),
    [100, 200, 400, 800, 2000, 2000],
  );
  assert.equal(reconnectDelay(1, 0), 100);
});
