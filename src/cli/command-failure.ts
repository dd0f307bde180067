/** A command cannot be carried out: one line that says why and what to do; the exit code is 1. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
}
