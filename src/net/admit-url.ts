import { isIP } from 'node:net';
import { refuseAddress } from './address-rule.ts';
import { netFailure } from './net-failure.ts';
import { type NetResult, netFailed, netSuccess } from './net-result.ts';

/** What can be judged before anything is sent or resolved. The connection judges the rest. */
export function admitUrl(text: string, loopbackAllowed: boolean): NetResult<URL> {
  const url = URL.parse(text);
  if (url === null) return netFailed(netFailure('url_invalid', { reason: 'it is not an absolute URL' }));
  if (url.username !== '' || url.password !== '') {
    return netFailed(netFailure('url_invalid', { url: placeOf(url), reason: 'it holds a user name or a password' }));
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return netFailed(netFailure('not_https', { protocol: url.protocol }));
  }
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  const failure = isIP(bare) === 0 ? undefined : refuseAddress(bare, bare, { protocol: url.protocol, loopbackAllowed });
  return failure === undefined ? netSuccess(url) : netFailed(failure);
}

/** A URL as it may be logged: a query can hold secrets. */
export function placeOf(url: URL): string {
  return url.origin + url.pathname;
}
