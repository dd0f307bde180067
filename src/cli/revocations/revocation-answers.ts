/** A revocation as the admin API tells it. */
export interface RevocationAnswer {
  readonly seq: number;
  readonly at: string;
  readonly issuer: string;
  readonly kind: string;
  readonly value: string;
  readonly client?: string;
  readonly before?: string;
  readonly from?: string;
  readonly expires_at: string;
  readonly reason?: string;
  readonly actor: string;
}

/** How a gateway stands towards a revocation. */
export interface GatewayStanding {
  readonly name: string;
  readonly state: 'applied' | 'pending' | 'silent';
  readonly after_ms?: number;
  readonly silent_ms: number;
}

export interface ReceiptAnswer {
  readonly complete: boolean;
  readonly waited_ms: number;
  readonly gateways: readonly GatewayStanding[];
}
