import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { StoreUnavailable, storeRetryAfterSeconds } from '../base/store-unavailable.ts';
import { OptionsInvalid } from '../provider/index.ts';
import { RevocationInvalid } from '../revocation/index.ts';
import type { AdminApp, AdminEnv } from './admin-env.ts';
import { adminFailures } from './channels.ts';
import { type InputFault, problem } from './problem.ts';

/** The one place that turns what a module threw at a call into an answer. */
export function answerFailures(app: AdminApp): void {
  app.notFound((c) => problem(c, 'endpoint_unknown'));
  app.onError((error, c) => answer(error, c));
}

function answer(error: unknown, c: Context<AdminEnv>) {
  if (error instanceof OptionsInvalid) return problem(c, 'input_invalid', error.faults.map(faultOf));
  if (error instanceof RevocationInvalid) return problem(c, 'input_invalid', revocationFaults(error));
  if (error instanceof HTTPException && error.status === 400) {
    return problem(c, 'input_invalid', [{ path: 'body', reason: 'is no JSON' }]);
  }
  if (error instanceof HTTPException && error.status === 415) return problem(c, 'media_type_unsupported');
  adminFailures.announce({ requestId: c.get('requestId'), error });
  if (error instanceof StoreUnavailable) {
    c.header('retry-after', String(storeRetryAfterSeconds));
    return problem(c, 'store_unavailable');
  }
  return problem(c, 'internal_error');
}

/** Who calls has asked for one thing, of which the entries of the log were made. */
function revocationFaults({ faults }: RevocationInvalid): readonly InputFault[] {
  const [index] = faults[0]?.path ?? [];
  return faults.filter(({ path }) => path[0] === index).map((fault) => faultOf({ ...fault, path: [fault.path[1]] }));
}

interface Fault {
  readonly path: readonly (string | number)[];
  readonly reason: string;
  readonly remedy: string;
}

function faultOf({ path, reason, remedy }: Fault): InputFault {
  return { path: path.map(memberNamed).join('.'), reason: `${reason} ${remedy}` };
}

/** The modules speak of `redirectUris` where this API says `redirect_uris`. */
function memberNamed(option: string | number): string {
  return String(option).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
