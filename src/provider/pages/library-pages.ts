import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { StoreUnavailable } from '../../base/store-unavailable.ts';
import { errorPage, temporarilyUnavailable } from './error-page.ts';
import { Html, html } from './html.ts';
import { formTarget, type Page, page } from './page.ts';

/** The pages that the library asks for itself. */

export function renderError(ctx: KoaContextWithOIDC, out: ErrorOut, cause: Error): void {
  const told = cause instanceof StoreUnavailable ? temporarilyUnavailable : out;
  send(ctx, errorPage(told.error, told.error_description));
}

/** @param form the library's form, without buttons; its id is `op.logoutForm` */
export function renderLogout(ctx: KoaContextWithOIDC, form: string): void {
  const content = html`<p>Do you want to sign out?</p>
${new Html(form)}
<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>
<button class="plain" type="submit" form="op.logoutForm">Stay signed in</button>`;
  const target = ctx.oidc.session?.state?.['postLogoutRedirectUri'];
  send(ctx, page('Sign out', content, typeof target === 'string' ? [formTarget(target)] : []));
}

export function renderSignedOut(ctx: KoaContextWithOIDC): void {
  const { client } = ctx.oidc;
  const from = client === undefined ? undefined : html` of <strong>${client.clientName ?? client.clientId}</strong>`;
  send(ctx, page('Signed out', html`<p>You are signed out${from}. You can close this page.</p>`));
}

function send(ctx: KoaContextWithOIDC, { headers, body }: Page): void {
  ctx.set({ ...headers });
  ctx.body = body;
}
