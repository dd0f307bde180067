/** Measures two things in turn, in the other order each round, so that what drifts hits both alike. */
export async function alternate<Ours, Theirs>(
  rounds: number,
  measureOurs: () => Promise<Ours>,
  measureTheirs: () => Promise<Theirs>,
): Promise<readonly (readonly [Ours, Theirs])[]> {
  const pairs: (readonly [Ours, Theirs])[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const ours = await measureOurs();
      pairs.push([ours, await measureTheirs()]);
    } else {
      const theirs = await measureTheirs();
      pairs.push([await measureOurs(), theirs]);
    }
  }
  return pairs;
}
