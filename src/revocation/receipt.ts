/** Where a revocation has come into force, as far as that is known when the wait ends. */
export interface Receipt {
  /** The sequence number of its last entry. */
  readonly seq: number;
  /** Whether no gateway lets in any more what was revoked, but for APIs that serve while they are stale. */
  readonly complete: boolean;
  /** Milliseconds from when the entry was durable. */
  readonly waitedMs: number;
  readonly gateways: readonly GatewayReceipt[];
}

export interface GatewayReceipt {
  readonly id: string;
  readonly name: string;
  /**
   * `silent`: nothing was heard of it for its whole lease; so it refuses by itself until it has applied the entry.
   * `pending`: it may still let in what was revoked.
   */
  readonly state: 'applied' | 'pending' | 'silent';
  /** Milliseconds from when the entry was durable until this process knew that it is applied. */
  readonly afterMs: number | undefined;
  /** Milliseconds since it was last heard of. */
  readonly silentMs: number;
}
