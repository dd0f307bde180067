/** The database cannot be opened: said in one line, with what to do about it. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
  readonly path: string;
  readonly reason: string;
  readonly remedy: string;

  constructor(path: string, reason: string, remedy: string, cause?: unknown) {
    super(`The store ${path} ${reason} ${remedy}`, { cause });
    this.path = path;
    this.reason = reason;
    this.remedy = remedy;
  }
}
