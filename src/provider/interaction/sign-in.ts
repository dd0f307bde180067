import { signInFailed, signInSucceeded } from '../channels.ts';
import { loginPage } from '../pages/login-page.ts';
import { finish, formFrame, sendPage, type Visit } from './visit.ts';

/** Characters; what is longer is nobody's, and not worth remembering. */
const longestUsername = 256;

export function showSignIn(visit: Visit): void {
  const hint = visit.interaction.params['login_hint'];
  showLogin(visit, 200, typeof hint === 'string' ? hint : '', undefined);
}

/** The same words for a wrong password and an unknown username. */
export async function signIn(visit: Visit, form: URLSearchParams): Promise<void> {
  const { services, client } = visit;
  const [username, password] = [form.get('username') ?? '', form.get('password') ?? ''];
  const address = services.addressOf(visit.request);
  const attempt = { kind: 'account', name: username.slice(0, longestUsername), address } as const;
  const wait = services.limiter.begin(attempt);
  if (wait !== undefined) return tellToWait(visit, username, wait);
  const account = username.length > longestUsername ? undefined : await services.accounts.signIn(username, password);
  if (account === undefined) {
    const subject = services.accounts.byUsername(username)?.subject;
    signInFailed.announce({ subject, client: client.id, address });
    return showLogin(visit, 403, username, 'The username or the password is wrong.');
  }
  services.limiter.succeeded(attempt);
  signInSucceeded.announce({ subject: account.subject, client: client.id, address });
  return finish(visit, { login: { accountId: account.subject, amr: ['pwd'] } });
}

function tellToWait(visit: Visit, username: string, seconds: number): void {
  visit.response.setHeader('retry-after', String(seconds));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  showLogin(visit, 429, username, `Too many attempts have failed. Try again in ${wait}.`);
}

function showLogin(visit: Visit, status: number, username: string, error: string | undefined): void {
  sendPage(visit.response, status, loginPage({ ...formFrame(visit), username, error }));
}
