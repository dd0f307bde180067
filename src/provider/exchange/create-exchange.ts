import { type ExchangeGrant, type ExchangeRule, exchangeGrants, grantsOf } from '../exchange-rule.ts';
import type { SubjectTokenJudge } from '../ports/subject-token-judge.ts';

/** What the exchange of tokens goes by. */
export interface Exchange {
  readonly rules: readonly ExchangeRule[];
  /** The grants for which there is a rule; others are not offered. */
  readonly offered: ReadonlySet<ExchangeGrant>;
  readonly judge: SubjectTokenJudge;
}

/** @throws TypeError where there are rules and nobody to judge by them */
export function createExchange(rules: readonly ExchangeRule[] = [], judge: SubjectTokenJudge = nobody): Exchange {
  if (rules.length > 0 && judge === nobody) throw new TypeError('Tokens are to be exchanged, and nobody judges them.');
  const offered = exchangeGrants.filter((grant) => rules.some((rule) => grantsOf(rule).includes(grant)));
  return Object.freeze({ rules, offered: new Set(offered), judge });
}

const nobody: SubjectTokenJudge = {
  judge: () => {
    throw new TypeError('There is nobody to judge a token.');
  },
};
