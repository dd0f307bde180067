import type { Config, IssuerConfig } from '../config.ts';
import { providerName } from './check-accepted-issuers.ts';
import type { Findings } from './findings.ts';

/** Every token has an audience, and ours have that of one API. */
export function checkAudiences({ apis, issuers }: Config, findings: Findings): void {
  checkOurs(apis, findings);
  for (const issuer of issuers) warnOfNone(issuer, findings);
}

/** RFC 8707: a client names the API that it wants a token for by its audience, so the provider must know which it is. */
function checkOurs(apis: Config['apis'], findings: Findings): void {
  const taken = new Map<string, string>();
  for (const { name, audience, accept } of apis) {
    if (!accept.includes(providerName)) continue;
    if (!isResource(audience[0] ?? '')) {
      const remedy = 'Write an absolute URI, such as https://api.example.com/orders; the first one counts.';
      findings.fault(['apis', name, 'audience'], 'is no resource that the provider could issue for (RFC 8707)', remedy);
    }
    for (const one of audience) {
      const other = taken.get(one);
      if (other === undefined) taken.set(one, name);
      else
        findings.fault(['apis', name, 'audience'], `is the audience of ${other} too: ${one}`, 'Give each API its own.');
    }
  }
}

/** RFC 8707 section 2: "an absolute URI", which "MUST NOT include a fragment component". */
function isResource(audience: string): boolean {
  return URL.canParse(audience) && !audience.includes('#');
}

/** A pool of Cognito without `clients` looks well, and lets nobody in. */
function warnOfNone({ name, preset, clients, claims, audienceFromClient }: IssuerConfig, findings: Findings): void {
  if (preset !== 'cognito' || clients !== undefined || audienceFromClient === false) return;
  if (claims?.audience !== undefined) return;
  const reason = 'its tokens have no `aud`, unless the client asked by `resource`, and are refused';
  const remedy = 'List in `clients` whose tokens are accepted; or write audienceFromClient: false.';
  findings.warn(['issuers', name], reason, remedy);
}
