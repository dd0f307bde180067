/** The options of an issuer cannot work. To be reported at start. */
export class IssuerOptionsInvalid extends Error {
  override readonly name = 'IssuerOptionsInvalid';
  /** From the root of the configuration. */
  readonly path: readonly string[];
  readonly remedy: string;

  constructor(issuer: string, option: string, reason: string, remedy: string) {
    super(reason);
    this.path = ['issuers', issuer, option];
    this.remedy = remedy;
  }
}
