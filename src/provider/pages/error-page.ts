import { html } from './html.ts';
import { type Page, page } from './page.ts';

/** @param error code and explanation, as OAuth has them */
export function errorPage(error: string, description: string | undefined): Page {
  const content = html`<p class="error" role="alert">${description ?? 'The request cannot be fulfilled.'}</p>
<p>Go back to the application you came from and try again. If that does not help, tell its operators:
<code>${error}</code></p>`;
  return page('That did not work', content);
}

/** RFC 6749 section 4.1.2.1 */
export const temporarilyUnavailable = Object.freeze({
  error: 'temporarily_unavailable',
  error_description: 'The server cannot read or write what it keeps. Try again in a moment.',
});
