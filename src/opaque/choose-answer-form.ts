import type { Clock } from '../base/clock.ts';
import type { AnswerForm } from './answer-form.ts';
import type { IntrospectionSettings } from './introspection-settings.ts';
import { plainAnswer } from './plain-answer.ts';
import { signedAnswer } from './signed-answer.ts';
import { tokeninfoAnswer } from './tokeninfo-answer.ts';

/** Which answers are asked for. The settings were checked: a signed answer has a client id and keys. */
export function chooseAnswerForm(settings: IntrospectionSettings, clock: Clock): AnswerForm {
  if (settings.protocol === 'tokeninfo') return tokeninfoAnswer;
  const { signing, issuer, expectation } = settings;
  if (signing === undefined) return plainAnswer;
  const { algorithms, leewaySeconds, issuers } = expectation;
  return signedAnswer({ ...signing, issuers: [issuer, ...issuers], algorithms, leewaySeconds, clock });
}
