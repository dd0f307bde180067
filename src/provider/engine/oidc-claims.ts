/** OpenID Connect Core section 5.4: which claims each scope asks for. */
export const oidcClaims = {
  openid: ['sub'],
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
} satisfies Record<string, readonly string[]>;

/** The scopes about which users decide, not registration. */
export const oidcScopes: ReadonlySet<string> = new Set([...Object.keys(oidcClaims), 'offline_access']);
