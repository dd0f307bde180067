/** PORT. Secrets that the provider makes for itself at first start, for instance what signs its cookies. */
export interface SecretStore {
  /**
   * The secret of this name. Where there is none yet, `fresh` is stored and returned; of two concurrent callers, in
   * whatever process, both get the same.
   */
  readOrCreate(name: string, fresh: string): Promise<string>;
}
