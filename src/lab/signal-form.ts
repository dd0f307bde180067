import { isLoopbackHost } from '../net/index.ts';
import { type LabSignal, labSignalKinds } from './lab-signal.ts';

/**
 * The form fields of the lab's signal endpoint: `to`, where it is sent; `kind` (`set`, `logout` or `global-revocation`);
 * `sub` and `sid`, whom and which session it is about; `event`; `audience`; `authorization`; and `claims`, a JSON
 * object that is put over the rest.
 *
 * @returns why the form cannot be served, or the signal
 */
export function readSignalForm(form: URLSearchParams): LabSignal | string {
  const to = URL.parse(form.get('to') ?? '');
  if (to === null || !isLoopbackHost(to.hostname)) return 'to is a URL on this machine';
  const wanted = form.get('kind') ?? 'set';
  const kind = labSignalKinds.find((known) => known === wanted);
  if (kind === undefined) return `kind is one of ${labSignalKinds.join(', ')}`;
  const claims = objectIn(form.get('claims') ?? '{}');
  if (claims === undefined) return 'claims is a JSON object';
  const text = (name: string): string | undefined => form.get(name) ?? undefined;
  return {
    kind,
    to: to.href,
    subject: text('sub') ?? (form.has('sid') ? undefined : 'mira'),
    session: text('sid'),
    audience: text('audience'),
    event: text('event') ?? 'session-revoked',
    claims,
    authorization: text('authorization'),
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
