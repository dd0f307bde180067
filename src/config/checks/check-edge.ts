import type { Config } from '../config.ts';
import { second } from '../fields/duration-field.ts';
import type { Findings } from './findings.ts';

/** What an edge hears at least each second must be there in time, with time for a second attempt. */
const shortestStaleness = 2 * second;

/** A gateway without a database follows a hub, and leaves to it what needs one. */
export function checkEdge(config: Config, findings: Findings): void {
  const { store, revocation } = config;
  const { follow, maxStaleness } = revocation;
  if (store.kind !== 'none') {
    if (follow === undefined) return;
    const remedy = 'Write `store: none`, or take it out: with a store, the log is read there.';
    findings.fault(['revocation', 'follow'], 'is for a gateway without a store', remedy);
    return;
  }
  if (follow === undefined) {
    const remedy = 'Add `follow: { url, tokenEndpoint, client }`, or name a store.';
    findings.fault(['revocation'], 'does not say where a gateway without a store hears of revocations', remedy);
  }
  if (maxStaleness < shortestStaleness) {
    const remedy = 'Write 2s or more: the hub says each second where its log ends.';
    findings.fault(['revocation', 'maxStaleness'], 'is too short for a gateway that follows a hub', remedy);
  }
  checkSections(config, findings);
}

/** Nothing is issued or remembered here. */
function checkSections({ provider, signals, admin }: Config, findings: Findings): void {
  if (provider !== undefined) {
    const remedy = 'Take it out, and name that of the hub in `issuers`; or name a store.';
    findings.fault(['provider'], 'keeps its keys and tokens in the store, and there is none', remedy);
  }
  if (signals !== undefined) {
    const remedy = 'Receive and send them at the hub, which tells this gateway of every revocation.';
    findings.fault(['signals'], 'are remembered in the store, and there is none', remedy);
  }
  if (admin.secret !== undefined) {
    findings.fault(['admin', 'secret'], 'is of no use: there is no admin API here, but for the probes', 'Take it out.');
  }
}
