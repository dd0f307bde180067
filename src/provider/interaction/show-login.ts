import { loginPage } from '../pages/login-page.ts';
import { formFrame, sendPage, type Visit } from './visit.ts';

/** What a person is told besides what they can do. */
export interface LoginNotice {
  /** HTTP status. */
  readonly status: number;
  readonly username: string;
  readonly error: string | undefined;
}

/** The page on which people sign in, with what there is: a password, federated issuers, or both. */
export function showLogin(visit: Visit, { status, username, error }: LoginNotice): void {
  const { accounts, federation } = visit.services;
  const frame = formFrame(visit);
  const issuers = federation.issuers.map(({ name, title }) => ({ title, href: `${frame.action}/federation/${name}` }));
  const withPassword = accounts.local || issuers.length === 0;
  sendPage(visit.response, status, loginPage({ ...frame, username, error, issuers, withPassword }));
}

/** In words that a person can use; announced where the limit was found to be reached. */
export function tellToWait(visit: Visit, username: string, seconds: number): void {
  visit.response.setHeader('retry-after', String(seconds));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  showLogin(visit, { status: 429, username, error: `Too many attempts have failed. Try again in ${wait}.` });
}
