import type { Config } from '../config.ts';
import { providerName } from './check-accepted-issuers.ts';
import type { Findings } from './findings.ts';

/** RFC 8707: a client names the API that it wants a token for by its audience, so the provider must know which it is. */
export function checkAudiences({ apis }: Config, findings: Findings): void {
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
