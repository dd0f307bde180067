/** Characters of what an issuer sent that are told: enough to recognise it, too few to fill a log. */
const longest = 300;

export function clip(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
