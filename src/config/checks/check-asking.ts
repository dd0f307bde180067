import { formatDuration } from '../../base/duration.ts';
import type { ApiConfig, Config, IssuerConfig } from '../config.ts';
import type { Findings } from './findings.ts';

/** Which of the issuers of an API is asked about an opaque token, and what happens while it cannot be asked. */
export function checkAsking({ apis, issuers }: Config, findings: Findings): void {
  const asked = new Map(issuers.filter(({ introspection }) => introspection).map((issuer) => [issuer.name, issuer]));
  for (const api of apis) {
    checkOrder(api, asked, findings);
    checkGrace(api, asked, findings);
  }
}

/** Whoever takes any opaque token leaves nothing for those after him. */
function checkOrder(api: ApiConfig, asked: ReadonlyMap<string, IssuerConfig>, findings: Findings): void {
  if (api.introspection.ask === 'in-order') return;
  let taker: string | undefined;
  api.accept.forEach((name, index) => {
    const issuer = asked.get(name);
    if (issuer === undefined) return;
    if (taker !== undefined) {
      const reason = `"${name}" is never asked about opaque tokens, since "${taker}" takes all of them`;
      const remedy = `Say in \`issuers.${taker}.opaque\` which are its own, or write introspection: { ask: in-order }.`;
      findings.fault(['apis', api.name, 'accept', index], reason, remedy);
    }
    if (issuer.opaque?.prefixes === undefined && issuer.opaque?.pattern === undefined) taker ??= name;
  });
}

function checkGrace(api: ApiConfig, asked: ReadonlyMap<string, IssuerConfig>, findings: Findings): void {
  const { grace } = api.introspection;
  const path = ['apis', api.name, 'introspection', 'grace'];
  if (grace === 0) return;
  if (!api.accept.some((name) => asked.has(name))) {
    findings.fault(path, 'is of no use: no issuer of this API is asked', 'Take it out, or add `introspection` to one.');
  } else if (api.tokens?.needs?.includes('early-revocation') === true) {
    const reason = `a token revoked at its issuer lives on for ${formatDuration(grace)} while the issuer is out of reach`;
    findings.warn(path, reason, 'Take it out, since this API needs early revocation.');
  }
}
