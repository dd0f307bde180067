/** Something that a person can mend stands in the way: one line that says what, where, and what to do. */
export class ForeseenFailure extends Error {
  override readonly name: string = 'ForeseenFailure';
}
