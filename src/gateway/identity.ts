/** `forward.identity`: what the upstream is told about the caller, and how. */
export type IdentityOptions =
  | { readonly kind: 'jwt'; readonly audience: string; readonly lifetimeMs?: number | undefined }
  | { readonly kind: 'headers'; readonly claims?: ClaimHeaders | undefined }
  | { readonly kind: 'token' }
  | { readonly kind: 'none' };

/** Header name -> path of the claim, one segment a member: `['resource_access', 'my.client', 'roles']`. */
export type ClaimHeaders = Readonly<Record<string, readonly string[]>>;
