import type { NetFailure } from './net-failure.ts';

/** Carries a failure through undici, which knows only errors. Never leaves this module. */
export class NetRefusal extends Error {
  readonly failure: NetFailure;

  constructor(failure: NetFailure) {
    super(failure.title);
    this.failure = failure;
  }
}
