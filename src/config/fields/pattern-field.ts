import { linearMatches, PatternInvalid } from '../../policy/index.ts';
import { type Reading, textField } from './text-field.ts';

/** Characters. */
const maxLength = 200;

/** A regular expression of the kind that no text can make slow: callers choose what it is tried on. */
export function patternField(example: string) {
  const remedy = `Write a regular expression without look-around and references, such as ${example}.`;
  return textField({ title: 'regular expression', examples: [example] }, (text): Reading<string> => {
    if (text.length > maxLength) return { reason: `is longer than ${maxLength} characters`, remedy };
    try {
      linearMatches(text, '');
      return { value: text };
    } catch (error) {
      if (!(error instanceof PatternInvalid)) throw error;
      return { reason: `"${text}" is no such expression: ${error.message}`, remedy };
    }
  });
}
