/** The options of an introspection cannot work. To be reported at start. */
export class IntrospectionOptionsInvalid extends Error {
  override readonly name = 'IntrospectionOptionsInvalid';
  /** From the root of the configuration. */
  readonly path: readonly string[];
  readonly remedy: string;

  constructor(issuer: string, option: string, reason: string, remedy: string) {
    super(reason);
    this.path = ['issuers', issuer, ...option.split('.')];
    this.remedy = remedy;
  }
}
