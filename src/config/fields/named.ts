import { z } from 'zod';

const name = /^[a-z][a-z0-9_-]{0,62}$/;

/** The key of an issuer or API. `description` is the remedy for one that is none. */
const nameKey = z
  .string()
  .refine((text) => name.test(text))
  .meta({
    title: 'name',
    pattern: name.source,
    description:
      'Begin with a lower-case letter; go on with lower-case letters, digits, "-" and "_", 63 in all at most.',
  });

/** A mapping of names to things; a list of things that know their name once read. */
export function named<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.record(nameKey, z.strictObject(shape)).transform((things) => Object.entries(things).map(withName));
}

function withName<Thing extends object>([name, thing]: [string, Thing]): { name: string } & Thing {
  return { name, ...thing };
}
