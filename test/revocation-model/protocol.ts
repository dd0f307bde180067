import type { Model, Step } from './explore.ts';
import { commit, emptyLog, type Log, type Position, purge, readAfter, readOn, start } from './log-model.ts';

/** What a protocol of writers and a reader can do right or wrong. */
export interface Protocol {
  /** How an append gets its numbers: from a sequence as it comes, or under a lock that it holds until it is committed. */
  readonly numbers: 'sequence' | 'lock';
  /** How the reader says where it stands: by the number, or also by the mark of the append. */
  readonly position: 'number' | 'mark';
  /** Whether the reader looks by itself, besides being notified. */
  readonly looks: boolean;
}

/** What happens at most. */
export interface Bounds {
  /** How many entries each append has. */
  readonly appends: readonly number[];
  readonly crashes: number;
  readonly failovers: number;
  /** How many entries expire, the oldest first. */
  readonly expiries: number;
}

/** Entries that are read at once: so few that writers come in between. */
const pageSize = 1;

/** `undefined`: not begun. A number: the first that it took, in a transaction that is open. */
type Writer = 'idle' | 'done' | number;

interface Reader {
  readonly position: Position;
  readonly index: readonly string[];
  /** What is built anew, beside the index. */
  readonly successor: readonly string[] | null;
  readonly isConnected: boolean;
  readonly isWoken: boolean;
  /** Whether the last that it read was the end of the log, and nothing was appended since. */
  readonly isLevel: boolean;
}

export interface State {
  readonly log: Log;
  /** What a standby has of it. */
  readonly standby: Log;
  /** The next number of the sequence; it is not part of any transaction. */
  readonly next: number;
  readonly marks: number;
  /** What can hit no living token any more: whether it is in the log or the index makes no difference. */
  readonly expired: readonly string[];
  readonly writers: readonly Writer[];
  readonly reader: Reader;
  readonly left: Omit<Bounds, 'appends'>;
}

export function modelOf(protocol: Protocol, bounds: Bounds): Model<State> {
  const { appends, ...left } = bounds;
  const initial: State = {
    log: emptyLog,
    standby: emptyLog,
    next: 1,
    marks: 1,
    expired: [],
    writers: appends.map(() => 'idle'),
    reader: { position: start, index: [], successor: null, isConnected: false, isWoken: false, isLevel: false },
    left,
  };
  return {
    initial,
    *steps(state) {
      for (const writer of state.writers.keys()) yield* writing(protocol, appends, state, writer);
      yield* reading(protocol, state);
      yield* accidents(state);
    },
    fault: (state) => wrongIndex(state) ?? (protocol.looks ? lostForEver(protocol, state) : forgotten(state)),
  };
}

function* writing(
  { numbers }: Protocol,
  appends: readonly number[],
  state: State,
  writer: number,
): Generator<Step<State>> {
  const name = 'ABC'[writer];
  const count = appends[writer] ?? 0;
  const phase = state.writers[writer];
  const become = (next: Writer) => ({ ...state, writers: state.writers.with(writer, next) });
  if (phase === 'idle' && numbers === 'sequence') {
    yield [`${name} takes ${state.next}`, { ...become(state.next), next: state.next + count }];
  }
  const isLocked = state.writers.some((other) => typeof other === 'number');
  if (phase === 'idle' && numbers === 'lock' && !isLocked) {
    yield [`${name} takes ${state.log.head + 1}`, become(state.log.head + 1)];
  }
  if (typeof phase !== 'number') return;
  const what = Array.from({ length: count }, (_, index) => `${name}${index + 1}`);
  const log = commit(state.log, phase, what, state.marks);
  const committed = { ...become('done'), log, marks: state.marks + 1, reader: { ...state.reader, isLevel: false } };
  yield [`${name} commits, unheard`, committed];
  if (state.reader.isConnected)
    yield [`${name} commits`, { ...committed, reader: { ...committed.reader, isWoken: true } }];
}

function* reading(protocol: Protocol, state: State): Generator<Step<State>> {
  const { reader } = state;
  const be = (next: Partial<Reader>): State => ({ ...state, reader: { ...reader, ...next } });
  if (!reader.isConnected) return yield ['the reader connects', be({ isConnected: true, isWoken: true })];
  if (reader.isWoken) yield ['the reader reads', read(protocol, state)];
  else if (protocol.looks) yield ['the reader looks', be({ isWoken: true })];
}

/** One page, as the follower takes it. */
function read({ position: known }: Protocol, state: State): State {
  const { log, reader } = state;
  const page = known === 'mark' ? readAfter(log, reader.position, pageSize) : readOn(log, reader.position, pageSize);
  if (page === undefined) return { ...state, reader: { ...reader, position: start, successor: [] } };
  const target = [...(reader.successor ?? reader.index), ...page.entries.map(({ what }) => what)].sort();
  const read = { ...reader, position: page.position, isWoken: !page.isLast, isLevel: page.isLast };
  if (reader.successor !== null && !page.isLast) return { ...state, reader: { ...read, successor: target } };
  return { ...state, reader: { ...read, index: target, successor: null } };
}

function* accidents(state: State): Generator<Step<State>> {
  const { left, log, reader, standby } = state;
  const cutOff = { ...reader, isConnected: false, isWoken: false };
  // Open transactions are gone; who was in one may try again.
  const writers = state.writers.map((writer) => (typeof writer === 'number' ? 'idle' : writer));
  if (standby !== log) yield ['the standby follows', { ...state, standby: log }];
  if (left.crashes > 0) {
    yield ['the server crashes', { ...state, writers, reader: cutOff, left: { ...left, crashes: left.crashes - 1 } }];
  }
  if (left.failovers > 0) {
    const promoted = { ...state, writers, log: standby, next: standby.head + 1, reader: { ...cutOff, isLevel: false } };
    yield ['the standby takes over', { ...promoted, left: { ...left, failovers: left.failovers - 1 } }];
  }
  const oldest = log.entries.find(({ what }) => !state.expired.includes(what));
  if (left.expiries > 0 && oldest !== undefined) {
    const expired = [...state.expired, oldest.what];
    yield [`${oldest.what} expires`, { ...state, expired, left: { ...left, expiries: left.expiries - 1 } }];
  }
  const purged = purge(log, state.expired);
  if (purged.entries.length < log.entries.length) yield ['the log is purged', { ...state, log: purged }];
}

/** Who is level has in its index what is in the log, and nothing besides. */
function wrongIndex({ log, reader, expired }: State): string | undefined {
  if (!reader.isLevel) return undefined;
  const appended = log.entries.map(({ what }) => what);
  const missed = appended.find((what) => !reader.index.includes(what) && !expired.includes(what));
  if (missed !== undefined) return `${missed} is missed by a reader that thinks it is level`;
  const phantom = reader.index.find((what) => !appended.includes(what) && !expired.includes(what));
  return phantom && `${phantom} is applied, but is not in the log`;
}

/** When all is quiet, a reader that only waits to be told is level. */
function forgotten({ log, reader, writers }: State): string | undefined {
  const isQuiet = writers.every((writer) => writer === 'done') && reader.isConnected && !reader.isWoken;
  const missed = log.entries.find(({ what }) => !reader.index.includes(what));
  return isQuiet && missed !== undefined ? `nobody will ever tell the reader of ${missed.what}` : undefined;
}

/** Wherever it is, the reader alone becomes level in a few steps. */
function lostForEver(protocol: Protocol, state: State): string | undefined {
  let current = state;
  for (let step = 0; step < 20; step++) {
    if (current.reader.isLevel) return undefined;
    const [next] = reading(protocol, current);
    if (next === undefined) break;
    current = next[1];
  }
  return 'the reader never becomes level';
}
