/** An option of the HTTP client cannot be used. To be reported at start; holds no secret. */
export class HttpOptionsInvalid extends Error {
  override readonly name = 'HttpOptionsInvalid';
  readonly option: 'caFile' | 'proxy';
  readonly remedy: string;

  constructor(option: 'caFile' | 'proxy', reason: string, remedy: string) {
    super(reason);
    this.option = option;
    this.remedy = remedy;
  }
}
