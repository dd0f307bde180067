interface FederationFailureKind {
  /** HTTP status of the page. */
  readonly status: number;
  /** What the person is told, after the issuer's title. */
  readonly told: string;
  /** What the operator can do about it. */
  readonly remedy: string;
  /** Whether it may be someone who tries out codes. */
  readonly isGuess?: true;
}

/** Every way in which a sign-in at a federated issuer fails. Closed: a new one is a new row and a test. */
const federationFailureKinds = {
  issuer_unavailable: {
    status: 502,
    told: 'is not available at the moment. Try again in a while.',
    remedy: 'Sign-in goes on by itself once the issuer answers; where it does, see why this machine cannot reach it.',
  },
  metadata_unfit: {
    status: 502,
    told: 'is not set up for signing in here. Tell the operators of this page.',
    remedy: 'Compare `issuer` and `discovery` of this issuer with its discovery document.',
  },
  client_refused: {
    status: 502,
    told: 'does not let people sign in here at present. Tell the operators of this page.',
    remedy: 'See that client id, secret, scopes and redirect URI are those that are registered at the issuer.',
  },
  person_not_signed_in: {
    status: 403,
    told: 'has not signed you in. Try again, or go on another way.',
    remedy: "Nothing where the person has refused; otherwise see the issuer's log.",
  },
  answer_unfit: {
    status: 400,
    told: 'has sent an answer that does not fit. Begin again.',
    remedy: "Many of these are someone's attempt to slip another's answer to people; see the reason.",
  },
  code_refused: {
    status: 403,
    told: 'does not confirm the sign-in. Begin again.',
    remedy: "A code that had expired or was another's; where it happens often, compare the clocks.",
    isGuess: true,
  },
  id_token_refused: {
    status: 403,
    told: 'has sent a proof of who you are that cannot be accepted. Tell the operators of this page.',
    remedy: 'The reason names the check. Compare the issuer, the client id, its signing algorithm and the clocks.',
    isGuess: true,
  },
  sign_in_too_old: {
    status: 403,
    told: 'has not asked you to sign in anew, which is needed here. Sign out there, and try again.',
    remedy:
      'The client wants a fresh sign-in (`max_age` or `prompt=login`); the issuer must honour it with `auth_time`.',
  },
  userinfo_unfit: {
    status: 502,
    told: 'does not say who you are. Try again in a while.',
    remedy: 'See that the scopes allow the userinfo endpoint and that it answers for the subject of the ID token.',
  },
  answered_before: {
    status: 400,
    told: 'has answered before. Begin again.',
    remedy: 'Nothing: someone went back in their browser, or tried to use an answer twice.',
  },
} as const satisfies Record<string, FederationFailureKind>;

export type FederationFailureCode = keyof typeof federationFailureKinds;

/** Carries a failure out of the steps of a sign-in. The reason holds no secret: no token, code or state. */
export class FederationFailure extends Error {
  override readonly name = 'FederationFailure';
  readonly code: FederationFailureCode;
  readonly remedy: string;

  /** @param reason what exactly, for the operator */
  constructor(code: FederationFailureCode, reason: string, remedy?: string) {
    super(reason);
    this.code = code;
    this.remedy = remedy ?? federationFailureKinds[code].remedy;
  }

  get kind(): FederationFailureKind {
    return federationFailureKinds[this.code];
  }
}
