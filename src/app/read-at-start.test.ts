import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, configJsonSchema, parseConfig, type SchemaNode } from '../config/index.ts';
import { reasonToRestart, settingsReadAtStart, waitingSettings } from './read-at-start.ts';

function configOf(text: string): Config {
  const outcome = parseConfig(`${text}\napis: {}`, { path: 'gatehouse.yaml', env: {} });
  assert.ok(outcome.ok);
  return outcome.config;
}

function described(node: SchemaNode, path: string): string[] {
  const own = node.description?.includes('Read at start only.') === true ? [path] : [];
  const below = Object.entries(node.properties ?? {}).map(([name, one]) => [name, one] as const);
  return [...own, ...below.flatMap(([name, one]) => described(one, path === '' ? name : `${path}.${name}`))];
}

test('the settings that wait for a restart are those that the reference says so of', () => {
  assert.deepEqual(described(configJsonSchema(), '').toSorted(), settingsReadAtStart.toSorted());
});

test('a changed setting that is read at start only is named, and nothing else is', () => {
  const running = configOf('gateway: { listen: 127.0.0.1:8080, realm: a }');
  const next = configOf('gateway: { listen: 127.0.0.1:8090, realm: b, cache: 1MiB }\nlog: { level: debug }');
  assert.deepEqual(waitingSettings(running, running), []);
  assert.deepEqual(waitingSettings(running, next), ['gateway.listen', 'gateway.cache', 'log']);
});

test('another name of the provider is not taken over, nor its coming or going', () => {
  const none = configOf('');
  const one = configOf('provider: { issuer: "http://127.0.0.1:8081" }');
  const other = configOf('provider: { issuer: "http://127.0.0.1:8091" }');
  assert.equal(reasonToRestart(one, one), undefined);
  assert.match(reasonToRestart(one, other) ?? '', /^provider\.issuer: cannot change.* Remedy: Restart/);
  assert.match(reasonToRestart(one, none) ?? '', /^provider: cannot come or go/);
  assert.match(reasonToRestart(none, one) ?? '', /^provider: cannot come or go/);
});
