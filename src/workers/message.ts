/** What the main process says to a worker. */
export type Order =
  | { readonly kind: 'question'; readonly id: number; readonly name: string; readonly content: unknown }
  | News;

/** What a worker says to the main process. */
export type Reply =
  | { readonly kind: 'answer'; readonly id: number; readonly content: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly reason: string }
  | News;

/** What one worker tells all others. */
export interface News {
  readonly kind: 'news';
  readonly content: unknown;
}
