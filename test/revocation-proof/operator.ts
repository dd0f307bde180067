import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { adminAudience, adminScope, bootstrapClientId } from '../../src/protocol/admin-access.ts';
import { adminSecret } from './fleet-config.ts';
import { accessToken } from './mint.ts';

/** What the admin API says of a revocation. */
export interface Revoked {
  readonly items: readonly { readonly seq: number }[];
  readonly receipt: {
    readonly complete: boolean;
    readonly gateways: readonly { readonly name: string; readonly state: string; readonly after_ms?: number }[];
  };
  /** When it was asked for, in milliseconds since 1970. */
  readonly askedAt: number;
}

/** Seconds to wait for a receipt. */
const wait = 20;

/** Milliseconds for which a token is used. */
const tokenLife = 60_000;

/** Revokes by the admin API, and asks again until there is an answer. */
export class Operator {
  readonly #admin: Pool;
  readonly #provider: string;
  #token: Promise<string> | undefined;

  constructor(admin: string, provider: string) {
    this.#admin = new Pool(admin, { connections: 256 });
    this.#provider = provider;
  }

  async revoke(revocation: object): Promise<Revoked> {
    for (;;) {
      try {
        return await this.#attempt(revocation);
      } catch {
        await delay(100);
      }
    }
  }

  close(): Promise<void> {
    return this.#admin.destroy();
  }

  async #attempt(revocation: object): Promise<Revoked> {
    const token = await this.#accessToken();
    const askedAt = performance.timeOrigin + performance.now();
    const { statusCode, body } = await this.#admin.request({
      method: 'POST',
      path: '/revocations',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...revocation, wait }),
    });
    const content = await body.text();
    if (statusCode !== 201) throw new Error(`The admin API says ${statusCode}: ${content}`);
    return { ...JSON.parse(content), askedAt };
  }

  async #accessToken(): Promise<string> {
    if (this.#token === undefined) {
      const asking = accessToken(this.#provider, bootstrapClientId, adminSecret, {
        resource: adminAudience,
        scope: adminScope,
      });
      const forget = (): void => {
        if (this.#token === asking) this.#token = undefined;
      };
      asking.then(() => setTimeout(forget, tokenLife).unref(), forget);
      this.#token = asking;
    }
    return this.#token;
  }
}
