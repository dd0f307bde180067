import { formatDuration } from '../../base/duration.ts';
import { chooseTokenFormat } from '../../provider/index.ts';
import type { ApiConfig, Config } from '../config.ts';
import { hour } from '../fields/duration-field.ts';
import { providerName } from './check-accepted-issuers.ts';
import type { Findings } from './findings.ts';

/** Needs that only a token with a signature and readable claims can meet. */
const onlyJwt: ReadonlySet<string> = new Set(['federation', 'local-validation-by-others', 'readable-by-bearer']);

/** What the provider is to issue for an API can be issued, and is of use. */
export function checkTokens({ apis }: Config, findings: Findings): void {
  for (const api of apis) {
    const { name, accept, tokens } = api;
    if (tokens === undefined) continue;
    const path = ['apis', name, 'tokens'];
    if (!accept.includes(providerName)) {
      findings.fault(
        path,
        'says what the provider issues, but this API does not accept it',
        'Add provider to `accept`.',
      );
    }
    checkNeeds(tokens, path, findings);
    checkStaleness(api, findings);
    if (tokens.statusList && chooseTokenFormat(tokens).format !== 'jwt') {
      const reason = 'is of no use: tokens of this API are opaque, and whoever takes them asks the provider';
      findings.fault([...path, 'statusList'], reason, 'Take it out, or write format: jwt.');
    }
    if (tokens.ttl > hour) {
      const reason = `tokens live for ${formatDuration(tokens.ttl)}`;
      findings.warn([...path, 'ttl'], reason, 'Shorten it: what is stolen is of use for as long.');
    }
  }
}

function checkNeeds(tokens: NonNullable<ApiConfig['tokens']>, path: string[], findings: Findings): void {
  const unmet = tokens.needs?.filter((need) => onlyJwt.has(need)) ?? [];
  if (tokens.format === 'opaque' && unmet.length > 0) {
    const reason = `an opaque token does not meet the need ${unmet.join(', ')}`;
    findings.fault([...path, 'format'], reason, 'Write auto or jwt, or take out the need.');
  }
}

function checkStaleness({ name, tokens, onStaleRevocations }: ApiConfig, findings: Findings): void {
  if (onStaleRevocations === 'refuse' || tokens?.needs?.includes('early-revocation') !== true) return;
  const reason = 'lets revoked tokens in while the revocation log is out of reach';
  findings.warn(['apis', name, 'onStaleRevocations'], reason, 'Take it out, since this API needs early revocation.');
}
