import { type Html, html } from './html.ts';
import { type Page, page } from './page.ts';

export interface LoginForm {
  readonly action: string;
  readonly token: string;
  readonly clientName: string;
  readonly username: string;
  readonly error: string | undefined;
  /** Federated issuers, and the way to each. */
  readonly issuers: readonly { readonly title: string; readonly href: string }[];
  readonly withPassword: boolean;
  readonly formTargets: readonly string[];
}

export function loginPage(form: LoginForm): Page {
  const { action, token, clientName, error, issuers, withPassword, formTargets } = form;
  const content = html`<p>to continue to <strong>${clientName}</strong></p>
${error !== undefined && html`<p class="error" id="error" role="alert">${error}</p>`}
${withPassword && passwordForm(form)}
${withPassword && issuers.length > 0 && html`<p class="or">or</p>`}
${issuers.map(
  ({ title, href }) => html`<a class="button${withPassword && html` plain`}" href="${href}">Continue with ${title}</a>
`,
)}<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<button class="plain quiet" type="submit" name="answer" value="deny">Cancel</button>
</form>`;
  return page('Sign in', content, formTargets);
}

function passwordForm({ action, token, username, error }: LoginForm): Html {
  // An error of an issuer's says nothing of what was typed.
  const described = error !== undefined && username !== '' && html` aria-describedby="error" aria-invalid="true"`;
  return html`<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<label for="username">Username</label>
<input type="text" id="username" name="username" value="${username}" maxlength="256" autocomplete="username"
 autocapitalize="none" spellcheck="false" required${described}${username === '' && html` autofocus`}>
<label for="password">Password</label>
<input type="password" id="password" name="password" maxlength="1024" autocomplete="current-password"
 required${described}${username !== '' && html` autofocus`}>
<button type="submit" name="answer" value="allow">Sign in</button>
</form>`;
}
