import type { Notice } from '../diagnosis/notice.ts';
import type { PresetName } from '../preset.ts';

/** What would be written into a configuration to accept an issuer. */
export interface IssuerProposal {
  /** A name that is free. */
  readonly name: string;
  readonly preset: PresetName;
  /** The provider, as people know it. */
  readonly title: string;
  /** By what the preset was recognised. */
  readonly because: string;
  /** In the order in which they are best read; none holds anything but printable ASCII. */
  readonly settings: readonly ProposedSetting[];
  /** What to know of this provider, and what may be needed besides. */
  readonly remarks: readonly string[];
}

export interface ProposedSetting {
  readonly name: string;
  readonly value: ProposedValue;
  /** Why it is there; where it stands in for what only the operator knows, what to write instead. */
  readonly comment?: string;
}

export type ProposedValue =
  | string
  | readonly string[]
  | { readonly variable: string }
  | { readonly members: Readonly<Record<string, ProposedValue>> };

/** A proposal, or why there can be none. */
export type ProposalResult =
  | { readonly ok: true; readonly proposal: IssuerProposal }
  | { readonly ok: false; readonly notice: Notice };
