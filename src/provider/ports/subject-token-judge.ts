import type { Decision } from '../../access/index.ts';
import type { EpochMs } from '../../base/clock.ts';
import type { ExchangeGrant, ExchangeRule } from '../exchange-rule.ts';

/** A token that a client presents to have it exchanged. */
export interface PresentedToken {
  readonly grant: ExchangeGrant;
  readonly token: string;
  /** Whether only a JWT will do: another token is refused before anybody is asked about it. */
  readonly jwtOnly: boolean;
}

/**
 * PORT. Judges a token by the very decision of the gateway: signature, claims, expiry, introspection, revocation,
 * binding, and then what the rule demands: its issuers, `audiencesFor` it and the grant, and its condition.
 */
export interface SubjectTokenJudge {
  /** @param rule one of the options, the same object */
  judge(rule: ExchangeRule, presented: PresentedToken, now: EpochMs): Decision | Promise<Decision>;
}
