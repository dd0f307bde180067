import { ForeseenFailure } from '../base/foreseen-failure.ts';

/** A command cannot be carried out; the exit code is 1. */
export class CommandFailure extends ForeseenFailure {
  override readonly name = 'CommandFailure';
}
