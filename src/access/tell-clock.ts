import type { Issuer } from '../issuers/index.ts';
import { kindOf, type Rejection } from '../protocol/rejection.ts';

/** To who asks why a token failed for its times: whether the clocks of issuer and gateway are known to be apart. */
export function tellClock(rejection: Rejection, { keys }: Issuer): Rejection {
  if (kindOf(rejection).check !== 'expiry') return rejection;
  const { clockWarning } = keys.health();
  return clockWarning === undefined ? rejection : { ...rejection, facts: { ...rejection.facts, clock: clockWarning } };
}
