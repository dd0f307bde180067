import type { ExchangeRule } from './exchange-rule.ts';
import { fault, type OptionFault } from './option-fault.ts';
import type { ApiOptions } from './provider-options.ts';

/** What a rule is about must be there; a rule that is about nothing was meant otherwise. */
export function checkExchange(rule: ExchangeRule, apis: readonly ApiOptions[]): readonly OptionFault[] {
  const names = apis.map(({ name }) => name);
  const lists = ['grants', 'from', 'to', 'clients', 'audience'] as const;
  const empty = lists.filter((list) => rule[list]?.length === 0);
  const unknown = [...rule.to.keys()].filter((index) => !names.includes(rule.to[index] ?? ''));
  return [
    ...empty.map((list) => fault([list], 'is empty.', 'Name at least one, or leave the whole rule out.')),
    ...unknown.map((index) => fault(['to', index], 'is no API of the provider.', `Use some of ${names.join(', ')}.`)),
  ];
}
