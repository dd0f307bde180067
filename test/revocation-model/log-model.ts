/** A committed entry. */
export interface Entry {
  readonly seq: number;
  /** What was revoked. */
  readonly what: string;
  /** Of its append: none other has it, in whatever history. */
  readonly mark: number;
}

/** What a server has on its disk. */
export interface Log {
  readonly entries: readonly Entry[];
  readonly head: number;
  readonly mark: number;
}

export interface Position {
  readonly seq: number;
  readonly mark: number;
}

export interface Page {
  readonly entries: readonly Entry[];
  readonly position: Position;
  readonly isLast: boolean;
}

export const emptyLog: Log = { entries: [], head: 0, mark: 0 };
export const start: Position = { seq: 0, mark: 0 };

/** Entries become visible; those of a transaction that was slower may have smaller numbers. */
export function commit(log: Log, first: number, what: readonly string[], mark: number): Log {
  const added = what.map((each, index) => ({ seq: first + index, what: each, mark }));
  const entries = [...log.entries, ...added].sort((a, b) => a.seq - b.seq);
  return { entries, head: Math.max(log.head, first + what.length - 1), mark };
}

/** Drops what has expired, but never the newest entry of all. */
export function purge(log: Log, expired: readonly string[]): Log {
  return { ...log, entries: log.entries.filter(({ seq, what }) => seq === log.head || !expired.includes(what)) };
}

/** What the statement of src/store/revocation-queries.ts answers. */
export function readAfter(log: Log, position: Position, limit: number): Page | undefined {
  const isThere = ({ seq, mark }: Position): boolean => seq === position.seq && mark === position.mark;
  if (position.seq !== 0 && log.mark !== position.mark && !log.entries.some(isThere)) return undefined;
  return readOn(log, position, limit);
}

/** The same by the number alone. */
export function readOn(log: Log, position: Position, limit: number): Page {
  const entries = log.entries.filter(({ seq }) => seq > position.seq).slice(0, limit);
  const last = entries.at(-1);
  const isLast = last === undefined || entries.length < limit;
  return { entries, isLast, position: isLast ? { seq: log.head, mark: log.mark } : { seq: last.seq, mark: last.mark } };
}
