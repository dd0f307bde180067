import type { TokenFormatChoice } from '../provider/index.ts';

/** An API as the configuration has it. */
export interface ApiDescription {
  readonly name: string;
  readonly audiences: readonly string[];
  readonly route: { readonly hosts: readonly string[]; readonly path: string };
  readonly upstream: string | undefined;
  /** Names of the issuers whose tokens it accepts. */
  readonly accept: readonly string[];
  /** What our provider issues for it, and why; undefined where it issues nothing. */
  readonly tokens: TokenFormatChoice | undefined;
}
