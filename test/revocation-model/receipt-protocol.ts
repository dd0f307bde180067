import { Lease } from '../../src/revocation/lease.ts';
import type { Model, Step } from './explore.ts';

/** What a gateway does right or wrong with its lease. */
export interface LeaseRule {
  /** Whether it looks at its lease at all. */
  readonly lease: 'held' | 'ignored';
  /** Whether what it read before a lease began counts within it. */
  readonly readings: 'of this lease' | 'of any time';
  /** From when a report renews the lease: from when it was sent, or from when it was acknowledged. */
  readonly renewedFrom: 'sent' | 'acknowledged';
}

/** A report on its way: to the roster, or, once that has stamped it, back. */
interface Report {
  readonly sentAt: number;
  readonly applied: number;
  readonly isStamped: boolean;
}

/** A read of the log on its way: what it saw, once the log was looked at. */
interface Reading {
  readonly startedAt: number;
  readonly seen: number | null;
}

interface State {
  readonly now: number;
  /** The greatest sequence number: the revocation is entry 1. */
  readonly head: number;
  /** From when it was renewed last, and when it began; null: never. */
  readonly lease: { readonly renewedAt: number; readonly begunAt: number } | null;
  readonly confirmedAt: number;
  readonly applied: number;
  readonly report: Report | null;
  readonly reading: Reading | null;
  /** What the roster has of the gateway; null: nothing yet. */
  readonly listed: { readonly reportedAt: number; readonly applied: number } | null;
  /** Whether a receipt was given that says the revocation is in force everywhere. */
  readonly isComplete: boolean;
}

/** Units of time: for a lease, and until the end of the model. */
interface Times {
  readonly lease: number;
  readonly end: number;
}

const never = -1_000_000;

/**
 * One gateway, whose every step may come at any time later than the one before, or never; the roster; a revocation; and
 * one who waits for a receipt of it. What the gateway thinks of its lease is what the program's own class says.
 */
export function receiptModel(rule: LeaseRule, times: Times): Model<State> {
  const initial: State = {
    ...{ now: 0, head: 0, lease: null, confirmedAt: never, applied: 0 },
    ...{ report: null, reading: null, listed: null, isComplete: false },
  };
  return {
    initial,
    *steps(state) {
      if (state.now < times.end) yield ['time passes', { ...state, now: state.now + 1 }];
      yield* reporting(rule, state, times);
      yield* reading(state);
      if (state.head === 0) yield ['it is revoked', { ...state, head: 1 }];
      if (isComplete(state, times)) yield ['the receipt is complete', { ...state, isComplete: true }];
    },
    fault: (state) =>
      state.isComplete && state.applied === 0 && decides(rule, state, times)
        ? 'the token is let in after the receipt'
        : undefined,
  };
}

function* reporting(rule: LeaseRule, state: State, times: Times): Generator<Step<State>> {
  const { now, report, applied } = state;
  if (report === null)
    return yield ['a report is sent', { ...state, report: { sentAt: now, applied, isStamped: false } }];
  yield ['the report is lost', { ...state, report: null }];
  if (report.isStamped) {
    const renewedAt = rule.renewedFrom === 'sent' ? report.sentAt : now;
    const hasBegun = leaseOf(state, times).renew(renewedAt, now);
    const lease = { renewedAt, begunAt: hasBegun ? now : (state.lease?.begunAt ?? now) };
    return yield ['the report is acknowledged', { ...state, lease, report: null }];
  }
  const listed = { reportedAt: now, applied: report.applied };
  yield ['the report is stamped', { ...state, listed, report: { ...report, isStamped: true } }];
}

/** Of what happens at one time, a read begins first: so what it sees is never newer than it says. */
function* reading(state: State): Generator<Step<State>> {
  const { now, head, reading } = state;
  if (reading === null) yield ['a read begins', { ...state, reading: { startedAt: now - 0.5, seen: null } }];
  else if (reading.seen === null) yield ['the log is looked at', { ...state, reading: { ...reading, seen: head } }];
  else {
    const confirmed = { applied: reading.seen, confirmedAt: reading.startedAt, reading: null };
    yield ['the read is applied', { ...state, ...confirmed }];
  }
}

/** What the operator is told, by what the roster says now. */
function isComplete({ now, head, listed }: State, { lease }: Times): boolean {
  if (head === 0) return false;
  return listed === null || listed.applied >= head || now - listed.reportedAt >= lease;
}

/** Whether the gateway decides by its index now, and does not refuse by itself. */
function decides({ lease, readings }: LeaseRule, state: State, times: Times): boolean {
  const { now, confirmedAt } = state;
  if (now - confirmedAt >= times.lease) return false;
  return lease === 'ignored' || leaseOf(state, times).holds(readings === 'of any time' ? now : confirmedAt, now);
}

/** The program's own lease in this state: its first report begins it. */
function leaseOf({ lease }: State, times: Times): Lease {
  const own = new Lease(times.lease);
  if (lease !== null) own.renew(lease.renewedAt, lease.begunAt);
  return own;
}
