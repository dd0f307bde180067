import type { EpochMs } from '../base/clock.ts';
import { GenerationalCache } from '../base/generational-cache.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Accepted } from '../protocol/verdict.ts';
import type { Authenticated } from './authenticated.ts';
import type { Revocations } from './check-revocation.ts';
import { ConsumerRates, type OnRateTaken, type RateTaking } from './consumer-rates.ts';
import { decide, type Gate } from './decide.ts';
import type { Decision } from './decision.ts';
import { type Explanation, explain } from './explain.ts';
import type { ProtectedApi } from './protected-api.ts';
import { SignatureTurns } from './signature-turns.ts';

export interface AccessOptions {
  /** Characters. Default 16384 (16 KiB). */
  readonly maxTokenLength?: number;
  /** Bytes that remembered tokens may take, by estimate. Default 268435456 (256 MiB). */
  readonly cacheBytes?: number;
  /** Called with each request that counts towards a rate. Default: nobody has to know. */
  readonly onRateTaken?: OnRateTaken | undefined;
}

/** The decision, for those who spend it: the gateway, the decision service, the admin API. */
export interface Access {
  decide(api: ProtectedApi, request: AccessRequest, now: EpochMs): Decision | Promise<Decision>;
  /** The same decision once more, for what goes on: it counts towards no rate. */
  review(api: ProtectedApi, request: AccessRequest, now: EpochMs): Decision | Promise<Decision>;
  /** Calls `wake` whenever decisions of before may be wrong by a revocation. Returns how to stop. */
  onRevocation(wake: () => void): () => void;
  explain(api: ProtectedApi, request: AccessRequest, now: EpochMs): Promise<Explanation>;
  /** Counts what was granted elsewhere by the same rates. */
  takeElsewhere(taking: RateTaking, now: EpochMs): void;
  /** How many tokens are remembered. */
  readonly remembered: number;
  /** Of how many of them that is true; it looks at each. */
  countRemembered(isCounted: (principal: Principal) => boolean): number;
}

export function createAccess(revocations: Revocations, options: AccessOptions = {}): Access {
  const { maxTokenLength = 16 * 1024, cacheBytes = 256 * 1024 * 1024, onRateTaken } = options;
  const rates = new ConsumerRates(onRateTaken);
  const cache = new GenerationalCache<Accepted<Authenticated>>(cacheBytes, weigh);
  const gate: Gate = { authentication: { maxTokenLength, cache, turns: new SignatureTurns() }, revocations, rates };
  const uncounted: Gate = { ...gate, rates: undefined };
  return {
    decide: (api, request, now) => decide(gate, api, request, now),
    review: (api, request, now) => decide(uncounted, api, request, now),
    onRevocation: (wake) => revocations.index.subscribe(wake),
    explain: (api, request, now) => explain(gate, api, request, now),
    takeElsewhere: (taking, now) => rates.takeElsewhere(taking, now),
    get remembered() {
      return cache.size;
    },
    countRemembered(isCounted) {
      let count = 0;
      for (const { value } of cache.values()) if (isCounted(value.principal)) count++;
      return count;
    },
  };
}

/** Bytes of an entry besides the token: the principal with its sets, the map slot, the memo of a forwarded identity. */
const entryBytes = 2048;

/** A JWT's claims stand beside it in memory, parsed: about three times their text. */
function weigh(token: string): number {
  return token.length * 4 + entryBytes;
}
