import { type IssuerQuestion, questionOfText } from '../../issuers/index.ts';
import { CommandFailure } from '../command-failure.ts';

/** @throws CommandFailure where it is none */
export function readQuestion(text: string): IssuerQuestion {
  const question = questionOfText(text);
  if (question !== undefined) return question;
  throw new CommandFailure(
    `${JSON.stringify(text)} is no URL and no domain. Remedy: write it like https://acme.okta.com/oauth2/default, without user name and password`,
  );
}
