import { type AddressBlocks, addressBlocks } from '../base/address-blocks.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { IdentitySigner } from './identity-signer.ts';
import type { ReadingLimits } from './inbound-request.ts';
import { findRouteFaults } from './route-faults.ts';
import { createRouter, type Router } from './router.ts';
import { prepareApi, type ServedApi, type Upstream } from './served-api.ts';
import type { UpstreamPools } from './upstream-pools.ts';

/**
 * Everything that one set of options means. A reload makes a new generation; requests under way keep theirs, and the
 * last of them lets go of its upstreams.
 */
export class Generation {
  readonly router: Router<ServedApi>;
  /** Whether the peer at this address may say whom it speaks for. */
  readonly trusts: AddressBlocks;
  readonly limits: ReadingLimits;
  readonly decisionPath: string;
  readonly realm: string;
  /** The longest silence that any API allows on a client's connection, in milliseconds. */
  readonly longestSilenceMs: number;
  readonly #apis: readonly ServedApi[];
  readonly #pools: UpstreamPools;
  #underWay = 0;
  #isRetired = false;

  /** @throws TypeError where the options cannot work */
  constructor(options: GatewayOptions, signer: IdentitySigner | undefined, pools: UpstreamPools) {
    const [fault] = findRouteFaults(options.apis.map(({ protected: { name }, route }) => ({ name, route })));
    if (fault !== undefined) throw new TypeError(`${fault.name}: ${fault.reason}. ${fault.remedy}`);
    this.realm = options.realm ?? 'gatehouse';
    this.trusts = addressBlocks(options.trustedProxies ?? []);
    // Whatever may throw comes first: options that are refused must hold no pool.
    const prepared = options.apis.map((api) => prepareApi(api, this.realm, signer));
    this.#pools = pools;
    this.#apis = prepared.map((api) => Object.freeze({ ...api, pool: pools.acquire(api.upstream.poolOptions) }));
    this.router = createRouter(this.#apis.map((api) => [api.route, api] as const));
    this.decisionPath = options.decisionPath ?? '/decide';
    this.limits = Object.freeze({
      headerCount: options.limits?.headerCount ?? 100,
      targetLength: options.limits?.targetLength ?? 8192,
    });
    this.longestSilenceMs = Math.max(60_000, ...this.#apis.map(({ upstream }) => longestSilence(upstream)));
    Object.freeze(this);
  }

  enter(): void {
    this.#underWay++;
  }

  leave(): void {
    this.#underWay--;
    this.#releaseIfDone();
  }

  retire(): void {
    this.#isRetired = true;
    this.#releaseIfDone();
  }

  #releaseIfDone(): void {
    if (!this.#isRetired || this.#underWay > 0) return;
    for (const { upstream } of this.#apis) this.#pools.release(upstream.poolOptions);
  }
}

/** The upstream's own time-outs are looked for now and then; they must strike first, since they can answer. */
function longestSilence({ poolOptions, firstByteMs, idleMs }: Upstream): number {
  return Math.max(poolOptions.connectMs + firstByteMs, idleMs) + 5_000;
}
