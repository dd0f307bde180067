import { adminAudience, adminScope, bootstrapClientId } from '../../src/protocol/admin-access.ts';
import { adminSecret, type RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { post } from '../fixtures/a-token-client.ts';

/** What the operator sees of an issuer's keys. */
export interface SeenKeys {
  readonly state: string;
  readonly keys: readonly { readonly kid: string | null }[];
  readonly failure: { readonly code: string; readonly remedy: string } | null;
  readonly warnings: readonly string[];
}

/** Somebody who looks at the running program by its admin API. */
export interface Operator {
  keysOf(issuer: string): Promise<SeenKeys>;
  /** `facts` of the refusal. */
  explain(
    api: string,
    token: string,
  ): Promise<{ readonly code: string; readonly facts: Readonly<Record<string, unknown>> }>;
  /** Megabytes that the process holds. */
  memory(): Promise<number>;
}

export async function anOperator(house: RunningGatehouse): Promise<Operator> {
  const form = { grant_type: 'client_credentials', resource: adminAudience, scope: adminScope };
  const client = { id: bootstrapClientId, secret: await adminSecret(house.folder) };
  const { json, text } = await post(house.provider, '/token', form, client);
  const authorization = `Bearer ${json?.access_token ?? text}`;

  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect to be there
  async function ask(path: string, body?: object): Promise<any> {
    const headers = { authorization, 'content-type': 'application/json' };
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(house.admin + path, init);
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  return {
    keysOf: async (issuer) => (await ask(`/issuers/${issuer}`)).items[0].keys,
    explain: async (api, token) => (await ask('/explain', { api, method: 'GET', path: '/orders', token })).rejection,
    async memory() {
      const metrics = await (await fetch(`${house.admin}/metrics`, { headers: { authorization } })).text();
      const [, bytes] = /^process_resident_memory_bytes (\S+)/m.exec(metrics) ?? [];
      if (bytes === undefined) throw new Error(metrics);
      return Number(bytes) / 1024 / 1024;
    },
  };
}
