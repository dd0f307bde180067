import { isLoopbackHost } from '../../net/index.ts';
import type { ClientConfig, Config } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import type { Findings } from './findings.ts';

/** What a client may do fits how it authenticates and where its users come back. */
export function checkGrants({ clients }: Config, findings: Findings): void {
  clients.forEach((client, index) => {
    const path = ['clients', index];
    checkAuthentication(client, path, findings);
    checkUserGrants(client, path, findings);
    for (const member of ['redirectUris', 'postLogoutRedirectUris'] as const) {
      client[member]?.forEach((uri, place) => {
        if (isForClient(new URL(uri), client.native)) return;
        const remedy = 'Use https, or http on loopback; or, with `native: true`, a scheme such as com.example.app:';
        findings.fault([...path, member, place], `"${uri}" is not safe to be sent back to`, remedy);
      });
    }
  });
}

function checkAuthentication({ secret, jwks, grants }: ClientConfig, path: ConfigPath, findings: Findings): void {
  if (secret !== undefined && jwks !== undefined) {
    findings.fault([...path, 'jwks'], 'stands beside a secret', 'Keep one: a client authenticates in one way.');
  }
  // RFC 6749 section 4.4: "The client credentials grant type MUST only be used by confidential clients."
  if (grants.includes('client_credentials') && secret === undefined && jwks === undefined) {
    findings.fault([...path, 'grants'], 'client_credentials needs a client that authenticates', 'Add secret or jwks.');
  }
}

function checkUserGrants({ grants, redirectUris }: ClientConfig, path: ConfigPath, findings: Findings): void {
  if (grants.includes('authorization_code') && redirectUris === undefined) {
    findings.fault([...path, 'grants'], 'authorization_code needs a place to send people back to', 'Add redirectUris.');
  }
  if (grants.includes('refresh_token') && !grants.includes('authorization_code')) {
    findings.fault([...path, 'grants'], 'refresh_token alone is of no use', 'Add authorization_code to `grants`.');
  }
}

/** RFC 8252 section 7.1: private-use schemes are reversed domain names, hence with a dot. */
function isForClient({ protocol, hostname }: URL, native: boolean): boolean {
  if (protocol === 'https:') return true;
  return protocol === 'http:' ? isLoopbackHost(hostname) : native && protocol.includes('.');
}
