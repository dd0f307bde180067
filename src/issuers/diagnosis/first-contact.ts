import type { IssuerFailure } from '../issuer-failure.ts';
import type { Course } from './course.ts';

type ContactStep = 'name' | 'connect' | 'discovery';

/** How far the first request came. What is not named here failed once the connection stood. */
const failsAt: Readonly<Partial<Record<IssuerFailure['code'], ContactStep>>> = Object.freeze({
  url_invalid: 'name',
  not_https: 'name',
  forbidden_address: 'name',
  unknown_host: 'name',
  refused: 'connect',
  unreachable: 'connect',
  tls_expired: 'connect',
  tls_not_yet_valid: 'connect',
  tls_self_signed: 'connect',
  tls_untrusted: 'connect',
  tls_wrong_host: 'connect',
  tls_failed: 'connect',
  proxy_failed: 'connect',
});

/** The connection stood, and something came back. */
export function recordContact(course: Course, url: string): void {
  const { host, protocol } = URL.parse(url) ?? { host: url, protocol: '' };
  course.record('name', { seen: [host] });
  const seen = protocol === 'https:' ? 'by TLS, with a certificate that is trusted' : 'without TLS, on loopback';
  course.record('connect', { seen: [seen] });
}

/** @returns whether the connection stood all the same, so that it is the document that failed */
export function recordFailedContact(course: Course, url: string, failure: IssuerFailure): boolean {
  const step = stepOf(failure);
  if (step === 'discovery') {
    recordContact(course, url);
    return true;
  }
  if (step === 'connect') course.record('name', { seen: [URL.parse(url)?.host ?? url] });
  course.record(step, { failure });
  return false;
}

function stepOf({ code, facts }: IssuerFailure): ContactStep {
  if (code === 'timeout' && facts['phase'] === 'connect') return 'connect';
  return failsAt[code] ?? 'discovery';
}
