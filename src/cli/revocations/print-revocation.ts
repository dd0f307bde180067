import { forGood } from '../../revocation/index.ts';
import { printable } from '../printable.ts';
import { describeRevocation } from './describe-revocation.ts';
import { describeGateways } from './print-receipt.ts';
import type { GatewayStanding, RevocationAnswer } from './revocation-answers.ts';

export interface ShownRevocation extends RevocationAnswer {
  readonly gateways: readonly GatewayStanding[];
}

const keptForGood = 'for good: no `issuers.*.maxLifetime` says for how long the tokens live that it hits';

/** Who revoked what, why, when, and where that is in force. */
export function printRevocation(revocation: ShownRevocation): string {
  const { seq, kind, value, at, actor, reason, from, expires_at: until, gateways } = revocation;
  const applied = gateways.filter(({ state }) => state === 'applied').length;
  const lines = [
    `entry ${seq} of the log`,
    `what:   ${describeRevocation(revocation)}`,
    ...(kind === 'token' ? [`hash:   ${value}`] : []),
    `who:    ${printable(actor)}`,
    `why:    ${reason === undefined ? '(no reason was given)' : printable(reason)}`,
    `when:   ${at}`,
    ...(from === undefined ? [] : [`kills:  from ${from} on`]),
    `kept:   ${Date.parse(until) === forGood ? keptForGood : `until ${until}, when no token that it hits can be alive`}`,
    gateways.length === 0 ? 'where:  no gateway is there' : `where:  applied on ${applied} of ${gateways.length}`,
    ...describeGateways(gateways),
  ];
  return `${lines.join('\n')}\n`;
}
