import type { NumericDate } from '../../base/clock.ts';
import type { Json, JsonObject } from '../../base/json.ts';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';

/** As seconds, the year 5138: a greater number counts milliseconds, as Okta sends them against CAEP 1.0 section 2. */
const mustBeMilliseconds = 100_000_000_000;

/**
 * When it happened: what the event says (CAEP 1.0 section 2), else the SET (RFC 8417 section 2.2, `toe`), else when that
 * was made. Tokens issued later live on, so that what is delivered late, or twice, kills no more than it was about. Nothing
 * happens after it was told: a time beyond `iat` (which is not of the future, that was checked) counts as `iat`.
 */
export function eventTime(
  { event_timestamp }: JsonObject,
  toe: Json | undefined,
  iat: NumericDate,
): SignalVerdict<NumericDate> {
  const told = event_timestamp ?? toe ?? iat;
  if (typeof told !== 'number' || told < 0) {
    const claim = event_timestamp === undefined ? 'toe' : 'event_timestamp';
    return refuseSignal('claim_invalid', { claim, expected: 'a number of seconds since 1970' });
  }
  const seconds = told >= mustBeMilliseconds ? told / 1000 : told;
  return understood(Math.floor(Math.min(seconds, iat)));
}
