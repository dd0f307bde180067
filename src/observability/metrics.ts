import { type Aggregator, Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client';
import { PlacedCounter, PlacedHistogram } from './placed-metrics.ts';

/** Seconds. */
const durations = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * All metrics, in one table. Labels are few and closed: names of the configuration and codes of ours, never anything
 * that a request may choose.
 */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { counter, gauge, histogram, placedCounter, placedHistogram } = makersFor(registry);
  return Object.freeze({
    registry,
    requests: placedCounter('requests_total', 'Requests answered by the gateway.', ['api', 'status', 'check', 'code']),
    requestDuration: placedHistogram('request_duration_seconds', 'From a request to the end of its answer.', ['api']),
    upstreamDuration: placedHistogram('upstream_duration_seconds', "To the first byte of the upstream's answer.", [
      'api',
    ]),
    bytes: placedCounter('body_bytes_total', 'Bytes of bodies that passed.', ['api', 'direction']),
    tunnels: counter('tunnels_closed_total', 'Upgraded connections that ended.', ['api', 'reason']),
    badConnections: counter('connections_refused_total', 'Connections whose bytes were no HTTP request.', ['code']),
    opaqueLookups: counter('opaque_lookups_total', 'Opaque tokens asked for in the store.', ['issuer', 'outcome']),
    introspections: counter('introspections_total', 'Questions to third-party issuers.', ['issuer', 'outcome']),
    introspectionDuration: histogram('introspection_duration_seconds', 'Until an issuer answered.', ['issuer']),
    introspectionOpen: gauge('introspection_circuit_open', '1 while an issuer is left alone.', ['issuer'], 'max'),
    graces: counter('introspection_graces_total', 'Tokens that passed by an earlier answer.', ['issuer']),
    keyFetches: counter('key_set_fetches_total', "Fetches of issuers' key sets.", ['issuer', 'outcome']),
    keys: gauge('issuer_keys', 'Keys in the last key set of an issuer.', ['issuer'], 'min'),
    statusListFetches: counter('status_list_fetches_total', "Fetches of issuers' status lists.", ['issuer', 'outcome']),
    revocationsMade: counter('revocations_appended_total', 'Revocations made by this process.', ['kind']),
    revocationsApplied: counter('revocations_applied_total', 'Revocations that reached this process.', ['kind']),
    revocationLag: histogram('revocation_lag_seconds', 'From a revocation to its effect in this process.', []),
    revocationSeq: gauge('revocation_seq', 'Sequence number of the last revocation applied.', [], 'max'),
    revocationSpread: histogram('revocation_spread_seconds', 'From a revocation to its effect in each gateway.', []),
    revocationReceipts: counter('revocation_receipts_total', 'Revocations that somebody waited for.', ['complete']),
    presenceFailures: counter('presence_failures_total', 'Times that this gateway could not say it is there.', []),
    staleServed: counter('stale_decisions_total', 'Decisions though revocations may have been missed.', ['api']),
    revocationFailures: counter('revocation_log_failures_total', 'Times that the log could not be read.', []),
    signals: counter('signals_total', 'Signals of issuers, by event.', ['receiver', 'type', 'outcome']),
    pollFailures: counter('signal_poll_failures_total', 'Times that a transmitter could not be polled.', ['receiver']),
    revocationsTold: counter('revocations_told_total', 'Revocations told to receivers of ours.', ['stream', 'outcome']),
    tokensIssued: counter('tokens_issued_total', 'Access tokens issued.', ['audience', 'kind']),
    tokensExchanged: counter('tokens_exchanged_total', 'Tokens exchanged for one of ours.', ['grant', 'issuer']),
    signIns: counter('sign_ins_total', 'Sign-ins at the provider.', ['outcome']),
    signInsEnded: counter('sign_ins_ended_total', 'Sign-ins that an issuer has ended.', []),
    familiesEnded: counter('token_families_ended_total', 'Grants that ended with all their tokens.', ['reason']),
    providerRefusals: counter('provider_refusals_total', 'Requests refused by the provider.', ['endpoint', 'error']),
    guessingLimited: counter('guessing_limited_total', 'Times that somebody was stopped from guessing.', []),
    keyRotations: counter('key_rotations_total', 'Rotations of our signing keys.', []),
    adminCalls: counter('admin_calls_total', 'Calls of the admin API.', ['path', 'status']),
    workersLost: counter('workers_lost_total', 'Gateway workers that ended unasked, or could not start.', []),
    failures: counter('failures_total', "Things that went wrong and are no request's fault.", ['module']),
  });
}

function makersFor(registry: Registry) {
  const registers = [registry];
  const named = (name: string): string => `gatehouse_${name}`;
  return {
    counter: <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      new Counter({ name: named(name), help, labelNames, registers }),
    /** @param aggregator what several processes together have */
    gauge: <Label extends string>(name: string, help: string, labelNames: readonly Label[], aggregator: Aggregator) =>
      new Gauge({ name: named(name), help, labelNames, registers, aggregator }),
    histogram: <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      new Histogram({ name: named(name), help, labelNames, buckets: durations, registers }),
    placedCounter: <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      registered(registry, new PlacedCounter({ name: named(name), help, labelNames })),
    placedHistogram: <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
      registered(registry, new PlacedHistogram({ name: named(name), help, labelNames }, durations)),
  };
}

function registered<Placed extends Metric>(registry: Registry, metric: Placed): Placed {
  registry.registerMetric(metric);
  return metric;
}
