import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateOpaqueToken } from '../opaque/index.ts';
import { createLogger } from './logger.ts';

function collect(): { lines: string[]; write(line: string): void } {
  const lines: string[] = [];
  return { lines, write: (line) => lines.push(line) };
}

test('a line is one JSON object with time, level, message and members', () => {
  const stream = collect();
  createLogger('info', stream).info({ api: 'orders', status: 200 }, 'request');
  const { time, ...rest } = JSON.parse(stream.lines[0]!);
  assert.deepEqual(rest, { level: 'info', api: 'orders', status: 200, msg: 'request' });
  assert.ok(Number.isFinite(Date.parse(time)));
});

test('what lies below the level is not written', () => {
  const stream = collect();
  const logger = createLogger('warn', stream);
  logger.info('quiet');
  logger.warn('loud');
  assert.equal(stream.lines.length, 1);
});

test('a token does not get out by the message, a member, a name, an error or a child', () => {
  const stream = collect();
  const token = generateOpaqueToken();
  const logger = createLogger('info', stream);
  logger.info(`got ${token}`);
  logger.info({ facts: { [token]: [token] } }, 'x');
  logger.error(new Error(`bad ${token}`));
  logger.child({ presented: token }).info('x %s', token);
  assert.equal(stream.lines.length, 4);
  for (const line of stream.lines) {
    assert.ok(!line.includes(token.slice(8)), line);
    JSON.parse(line);
  }
});

test('a value that cannot be written does not stop the program', () => {
  const stream = collect();
  const hostile = {
    get trap() {
      throw new Error('sprung');
    },
  };
  createLogger('info', stream).info({ hostile }, 'still here');
  assert.match(stream.lines[0]!, /still here/);
});
