import type { JsonObject } from '../protocol/claims.ts';
import { textOf } from './json-shape.ts';
import { type PresetName, presetNames } from './preset.ts';
import { presets } from './presets.ts';

export interface PresetGuess {
  readonly preset: PresetName;
  readonly title: string;
  /** Why no JWT of it can be verified here, if so. */
  readonly refusal: string | undefined;
}

/** Whose discovery document it is: the first preset that recognises it; `oauth` recognises everything. */
export function guessPreset(document: JsonObject): PresetGuess {
  const name = presetNames.find((candidate) => presets[candidate].recognises(document)) ?? 'oauth';
  const { title, refusal } = presets[name];
  return { preset: name, title, refusal: refusal?.(textOf(document, 'issuer')) };
}
