import type { ClaimPlaces } from './claim-places.ts';
import type { PresetName } from './preset.ts';
import { presets } from './presets.ts';

/** Where the tokens of an issuer keep what the principal needs: as its preset says, but for what is overridden. */
export function placesOf(preset: PresetName, overridden: Partial<ClaimPlaces> = {}): ClaimPlaces {
  return { ...presets[preset].places, ...overridden };
}
