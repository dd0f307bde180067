/** An optional member, as a type that has it left out rather than undefined. */
export type Present<Options> = {
  [Member in keyof Options as undefined extends Options[Member] ? never : Member]: Options[Member];
} & {
  [Member in keyof Options as undefined extends Options[Member] ? Member : never]?: Exclude<Options[Member], undefined>;
};

/** Leaves out the members that are undefined, for modules whose defaults apply to what is left out. */
export function present<Options extends object>(options: Options): Present<Options> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Present<Options>;
}
