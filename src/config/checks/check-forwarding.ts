import { isLoopbackHost } from '../../net/index.ts';
import type { ApiConfig, Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** Headers by which HTTP itself works, or that others rely on: RFC 9110 sections 7.6.1 and 8, RFC 9112 section 6. */
const taken =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|via|expect|date|cookie|set-cookie|authorization|proxy-.*|content-.*|forwarded|x-forwarded-.*|x-request-id|gatehouse-.*)$/;

/** What the upstream is told about the caller, and who can listen. */
export function checkForwarding({ apis, provider, store }: Config, findings: Findings): void {
  for (const api of apis) {
    const path = ['apis', api.name, 'forward'];
    const { identity } = api.forward;
    if (identity === 'jwt' && provider === undefined) {
      const isEdge = store.kind === 'none';
      const remedy = isEdge ? 'Write identity: headers.' : 'Add a `provider` section, or write identity: headers.';
      findings.fault([...path, 'identity'], "needs the provider's keys, and there is no provider", remedy);
    }
    if (identity === 'token') {
      const remedy = 'Write jwt, unless the upstream must check the token itself.';
      findings.warn([...path, 'identity'], "the upstream gets the caller's token, and could use it elsewhere", remedy);
    }
    checkHeaders(api, path, findings);
    warnOfPlainUpstream(api, findings);
  }
}

function checkHeaders({ forward }: ApiConfig, path: string[], findings: Findings): void {
  if (forward.headers === undefined) return;
  if (forward.identity !== 'headers') {
    findings.fault([...path, 'headers'], `is not used with identity: ${forward.identity}`, 'Write identity: headers.');
  }
  for (const name of Object.keys(forward.headers)) {
    if (!taken.test(name)) continue;
    findings.fault([...path, 'headers', name], 'is taken', 'Choose another name, such as x-user-email.');
  }
}

function warnOfPlainUpstream({ name, upstream }: ApiConfig, findings: Findings): void {
  const url = new URL(upstream.url);
  if (url.protocol === 'https:' || isLoopbackHost(url.hostname)) return;
  const remedy = 'Use https, unless the network between is yours alone.';
  findings.warn(['apis', name, 'upstream'], 'requests travel in the clear to another machine', remedy);
}
