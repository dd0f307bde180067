import { z } from 'zod';

/** How a value is written, for editors, the reference and remedies. */
export interface Form {
  /** What it is called: `duration`. */
  readonly title: string;
  readonly examples: readonly [string, ...string[]];
  /** For editors. */
  readonly pattern?: string;
}

/** What a text means, or what is wrong with it. */
export type Reading<Value> = { readonly value: Value } | { readonly reason: string; readonly remedy: string };

/** An option that is written as text of a certain form. */
export function textField<Value>(form: Form, read: (text: string) => Reading<Value>) {
  return z
    .string()
    .meta({ ...form, examples: [...form.examples] })
    .transform((text, context): Value => {
      const reading = read(text);
      if ('value' in reading) return reading.value;
      context.addIssue(issue(reading.reason, reading.remedy));
      return z.NEVER;
    });
}

/** A finding as zod carries it. Reasons quote what is written, reports are pasted and logged, and a URL may hold a password. */
export function issue(reason: string, remedy: string, path: (string | number)[] = []) {
  const message = reason.replace(/(:\/\/)[^\s/"]*@/g, '$1…@');
  return { code: 'custom' as const, message, params: { remedy }, path };
}

/** Text of any kind. */
export function plainText(title: string, ...examples: [string, ...string[]]) {
  return textField({ title, examples }, (text) =>
    text.trim() === '' || text !== text.trim()
      ? { reason: 'is empty, or has spaces around it', remedy: `Write it like ${examples[0]}.` }
      : { value: text },
  );
}
