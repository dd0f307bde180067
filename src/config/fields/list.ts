import { z } from 'zod';
import { issue } from './text-field.ts';

/** A list without repetitions; not empty, since an empty list never means what was meant. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .meta({ minItems: 1, uniqueItems: true })
    .transform((items, context) => {
      if (items.length === 0) context.addIssue(issue('is empty', 'Leave it out, or fill it.'));
      const keys = items.map((entry) => JSON.stringify(entry));
      keys.forEach((key, index) => {
        if (keys.indexOf(key) < index) context.addIssue(issue('is there twice', 'Keep one of them.', [index]));
      });
      return items;
    });
}

/** One, or a list of them; a list once read. */
export function oneOrMore<Item extends z.ZodType>(item: Item) {
  return z.union([item.transform((one) => [one]), listOf(item)]);
}
