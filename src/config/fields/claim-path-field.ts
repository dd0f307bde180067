import { z } from 'zod';

type Path = [string, ...string[]];

const name = z
  .string()
  .min(1)
  .meta({ title: 'claim', examples: ['email'] });

/**
 * The way to a claim: its name, to the letter, or a list of member names for a nested one. Names may hold dots and
 * slashes, which is why a path is no dotted text.
 */
export function claimPathField() {
  return z.union([name.transform((one): Path => [one]), z.tuple([name], name)]).meta({ title: 'claim path' });
}

/** Where a claim may be: one name, or a list of paths of which the first that leads somewhere counts. */
export function claimPlacesField() {
  return z
    .union([name.transform((one): Path[] => [[one]]), z.array(claimPathField()).min(1)])
    .meta({ title: 'claim, or list of claim paths' });
}
