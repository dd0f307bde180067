import { signInFailed, signInSucceeded } from '../channels.ts';
import { beginFederated } from './federated-sign-in.ts';
import { showLogin, tellToWait } from './show-login.ts';
import { finish, type Visit } from './visit.ts';

/** Characters; what is longer is nobody's, and not worth remembering. */
const longestUsername = 256;

/** Where there is one way only, and it leads to a federated issuer, the person goes there at once. */
export async function showSignIn(visit: Visit): Promise<void> {
  const { services, request, interaction } = visit;
  const [only, ...others] = services.federation.issuers;
  const isOnlyWay = only !== undefined && others.length === 0 && !services.accounts.local;
  const federated = isOnlyWay ? services.federation.byName(only.name) : undefined;
  if (federated !== undefined && request.method === 'GET') return beginFederated(visit, federated);
  const hint = interaction.params['login_hint'];
  showLogin(visit, { status: 200, username: typeof hint === 'string' ? hint : '', error: undefined });
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
    return showLogin(visit, { status: 403, username, error: 'The username or the password is wrong.' });
  }
  services.limiter.succeeded(attempt);
  signInSucceeded.announce({ subject: account.subject, client: client.id, address });
  return finish(visit, { login: { accountId: account.subject, amr: ['pwd'] } });
}
