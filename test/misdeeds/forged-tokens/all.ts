import { algorithmForgeries } from './algorithm.ts';
import { claimForgeries } from './claims.ts';
import { encodingForgeries } from './encoding.ts';
import type { Forgery } from './forgery.ts';
import { headerForgeries } from './header.ts';
import { jsonForgeries } from './json.ts';
import { keyForgeries } from './key.ts';
import { signatureForgeries } from './signature.ts';
import { structureForgeries } from './structure.ts';

/** Every forged token, by what is wrong with it. The verdict is the same on every path by which a token comes in. */
export const forgeries: Readonly<Record<string, readonly Forgery[]>> = {
  structure: structureForgeries,
  encoding: encodingForgeries,
  json: jsonForgeries,
  header: headerForgeries,
  algorithm: algorithmForgeries,
  key: keyForgeries,
  signature: signatureForgeries,
  claims: claimForgeries,
};
