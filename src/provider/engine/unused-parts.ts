import type { Adapter } from 'oidc-provider';

const never = (): never => {
  throw new TypeError('The library is not known to ask this of this model.');
};

/** The parts of the adapter contract that the library does not use for a model. */
export const unusedParts: Adapter = Object.freeze({
  upsert: never,
  find: never,
  findByUid: never,
  findByUserCode: never,
  consume: never,
  destroy: never,
  revokeByGrantId: never,
});
