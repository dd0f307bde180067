/** The path of a list, and its number. */
export const statusListPath = /^\/status-lists\/([1-9]\d{0,8})$/;

export function statusListUri(issuer: string, list: number): string {
  return `${issuer}/status-lists/${list}`;
}
