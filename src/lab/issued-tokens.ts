import { sha256Hex } from '../base/sha256.ts';
import type { TokenWish } from './issuer-shape.ts';

/** More tokens than anybody tries out a policy with; the oldest are forgotten. */
const limit = 10_000;

/** What an issuer of the lab remembers of the tokens that it gave out, JWT and opaque. */
export class IssuedTokens {
  readonly #wishes = new Map<string, TokenWish>();

  remember(token: string, wish: TokenWish): void {
    const [oldest] = this.#wishes.keys();
    if (this.#wishes.size >= limit && oldest !== undefined) this.#wishes.delete(oldest);
    this.#wishes.set(sha256Hex(token), wish);
  }

  /** @param nowSeconds since 1970 */
  active(token: string, nowSeconds: number): TokenWish | undefined {
    const wish = this.#wishes.get(sha256Hex(token));
    return wish !== undefined && nowSeconds < wish.expiresAt ? wish : undefined;
  }

  revoke(token: string): void {
    this.#wishes.delete(sha256Hex(token));
  }
}
