/**
 * The fingerprint of CVE-2017-15361 ("ROCA", Nemec et al., "The Return of Coppersmith's Attack", CCS 2017, section 3):
 * a widespread smart-card library made primes of the form k * M + (65537^a mod M), M being the product of the first
 * primes. Such a modulus of 2048 bits can be factored, and tells itself: modulo each of those primes it is a power of
 * 65537. Of other moduli, one in 10^8 or so does the same by chance.
 */
export function isRocaModulus(modulus: bigint): boolean {
  return powers.every(({ prime, residues }) => residues.has(modulus % prime));
}

/** M has at least these, in keys of 512 bits and in all longer ones. */
const primes = [
  ...[3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n, 73n, 79n, 83n],
  ...[89n, 97n, 101n, 103n, 107n, 109n, 113n, 127n, 131n, 137n, 139n, 149n, 151n, 157n, 163n, 167n],
];

const powers = primes.map((prime) => ({ prime, residues: powersOf(65537n % prime, prime) }));

function powersOf(base: bigint, prime: bigint): ReadonlySet<bigint> {
  const residues = new Set<bigint>();
  for (let power = 1n; !residues.has(power); power = (power * base) % prime) residues.add(power);
  return residues;
}
