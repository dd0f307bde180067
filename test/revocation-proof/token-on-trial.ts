/** A token, and what is known of it. */
export interface TokenOnTrial {
  readonly text: string;
  readonly path: string;
  /** Whether somebody has begun to revoke it. */
  isDoomed: boolean;
  /** The gateways that a receipt says it is dead at. */
  readonly deadAt: Set<string>;
}

export function onTrial(text: string, path: string): TokenOnTrial {
  return { text, path, isDoomed: false, deadAt: new Set() };
}
