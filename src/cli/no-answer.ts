import type { NetFailure } from '../net/index.ts';
import { CommandFailure } from './command-failure.ts';

/** @param place who was asked, and where: `the provider at http://127.0.0.1:8081` */
export function noAnswer(place: string, { code, title, remedy }: NetFailure): CommandFailure {
  const todo =
    code === 'refused' ? 'start it with `gatehouse start`, or name the configuration it runs on by --config' : remedy;
  return new CommandFailure(`no answer from ${place}: ${title} Remedy: ${todo}`);
}
