import { elapsed } from '../elapsed.ts';
import { printable } from '../printable.ts';
import type { GatewayStanding, ReceiptAnswer } from './revocation-answers.ts';

/** Each gateway on a line, then what that comes to. */
export function printReceipt(receipt: ReceiptAnswer): string {
  return `${[...describeGateways(receipt.gateways), summary(receipt)].join('\n')}\n`;
}

export function describeGateways(gateways: readonly GatewayStanding[]): readonly string[] {
  const width = Math.max(...gateways.map(({ name }) => printable(name).length));
  return gateways.map((gateway) => `  ${printable(gateway.name).padEnd(width)}  ${describeState(gateway)}`);
}

function describeState({ state, after_ms: after, silent_ms: silent }: GatewayStanding): string {
  switch (state) {
    case 'applied':
      return after === undefined ? 'applied' : `applied after ${elapsed(after)}`;
    case 'silent':
      return `silent for ${elapsed(silent)}: it refuses by itself until it has caught up`;
    case 'pending':
      return `pending, last heard of ${elapsed(silent)} ago: it may still let in what was revoked`;
  }
}

function summary({ complete, waited_ms: waited, gateways }: ReceiptAnswer): string {
  const count = (state: GatewayStanding['state']): number => gateways.filter((each) => each.state === state).length;
  const [applied, silent, pending] = [count('applied'), count('silent'), count('pending')];
  const standing = [`applied on ${applied} of ${gateways.length} ${gateways.length === 1 ? 'gateway' : 'gateways'}`];
  if (silent > 0) standing.push(`${silent} silent`);
  if (pending > 0) standing.push(`${pending} pending`);
  const result = `${standing.join(', ')}, after ${elapsed(waited)}`;
  if (complete) return gateways.length === 0 ? 'complete: no gateway is there' : `complete: ${result}`;
  return `incomplete: ${result}. ${pending > 0 ? stillPending : perhapsUnknown}`;
}

const stillPending =
  'The revocation is durable, and a gateway applies it as soon as it reads the log. Remedy: look again with `gatehouse revocations show`; see to the gateways that stay pending';

/** Reports are not durable: after a failover or a restart, the roster fills anew. */
const perhapsUnknown =
  'The list of gateways was begun anew a moment ago: others may not be on it yet. Remedy: look again with `gatehouse gateways` in some seconds';
