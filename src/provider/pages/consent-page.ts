import { html } from './html.ts';
import { type Page, page } from './page.ts';

/** What a client asks a person for. */
export interface ConsentRequest {
  /** Scopes of OpenID Connect. */
  readonly about: readonly string[];
  readonly apis: readonly { readonly name: string; readonly scopes: readonly string[] }[];
}

export interface ConsentForm {
  readonly action: string;
  readonly token: string;
  readonly clientName: string;
  readonly username: string;
  readonly request: ConsentRequest;
  readonly formTargets: readonly string[];
}

const meanings: Readonly<Record<string, string>> = {
  openid: 'know who you are',
  profile: 'see your profile, such as your name and picture',
  email: 'see your email address',
  phone: 'see your phone number',
  address: 'see your postal address',
  offline_access: 'keep its access while you are signed out',
};

export function consentPage({ action, token, clientName, username, request, formTargets }: ConsentForm): Page {
  const { about, apis } = request;
  const content = html`<p><strong>${clientName}</strong> asks you, <strong>${username}</strong>, to let it:</p>
${about.length > 0 && html`<ul>${about.map((scope) => html`<li>${meanings[scope] ?? scope}</li>`)}</ul>`}
${apis.map(
  ({ name, scopes }) => html`<h2>use ${name} in your name</h2>
<ul>${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}</ul>`,
)}
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<button type="submit" name="answer" value="allow">Allow</button>
<button class="plain" type="submit" name="answer" value="deny">Refuse</button>
</form>`;
  return page('Allow access?', content, formTargets);
}
