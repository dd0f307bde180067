import type { RejectionCode } from '../../../src/protocol/rejection.ts';
import { ofTheHouse } from './of-the-house.ts';
import { ofThePolicy } from './of-the-policy.ts';
import { ofTheRequest } from './of-the-request.ts';
import { ofTheToken } from './of-the-token.ts';
import type { Provocation } from './provocation.ts';

/**
 * How each code of the closed union is provoked: a code without an entry here is a type error. The last of them shuts
 * the program down.
 */
export const everyRejection = {
  ...ofTheRequest,
  ...ofTheToken,
  ...ofThePolicy,
  ...ofTheHouse,
} as const satisfies Record<RejectionCode, Readonly<Record<string, Provocation>>>;
