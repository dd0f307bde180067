import type { IssuerConfig } from './config.ts';

/** What an issuer is known by: its identifier, or its introspection endpoint where that is all that is configured. */
export function issuerIdentifier({ issuer, introspection }: IssuerConfig): string | undefined {
  return issuer ?? introspection?.endpoint;
}
