import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json, JsonObject } from './json.ts';
import { parsePublishedJson, parseStrictJson } from './strict-json.ts';

function parse(text: string | Uint8Array): Json | undefined {
  const json = parseStrictJson(Buffer.from(text));
  return json.ok ? json.value : undefined;
}

function faultOf(text: string | Uint8Array): string | undefined {
  const json = parseStrictJson(Buffer.from(text));
  return json.ok ? undefined : json.fault;
}

/** Compares by content; prototypes are looked at elsewhere. */
function plain(value: unknown): unknown {
  return structuredClone(value);
}

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 });

test('valid documents give what JSON.parse gives', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), space, (value, gap) => {
      const text = `${gap}${JSON.stringify(value, null, gap)}${gap}`;
      assert.equal(JSON.stringify(parse(text)), JSON.stringify(value));
    }),
    { numRuns: 500 },
  );
});

test('what JSON.parse refuses is refused', () => {
  const morsel = fc.constantFrom(...'{}[]:,"\\ 0123.eE+-tfn\nua', 'true', 'null', '"a":', '\\u00', '{"a":1}');
  fc.assert(
    fc.property(fc.array(morsel, { maxLength: 8 }), (morsels) => {
      const text = morsels.join('');
      let engine: unknown;
      try {
        engine = JSON.parse(text);
      } catch {
        assert.equal(faultOf(text), 'not JSON');
        return;
      }
      const value = parse(text);
      if (value !== undefined) assert.deepEqual(plain(value), plain(engine));
    }),
    { numRuns: 3000 },
  );
});

test('a member that is written twice is found, wherever it stands and however it is escaped', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', ':', '{', 'é', '\u{1f600}'), maxLength: 4 });
  const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const escaped = (text: string): string => `"${text.split('').map(escapeUnit).join('')}"`;
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), fc.boolean(), fc.nat(), (names, disguise, at) => {
      const members = names.map((member) => `${JSON.stringify(member)}:{"x":[":"]}`);
      assert.ok(parse(`{${members.join(',')}}`));
      const twice = names[at % names.length] ?? '';
      const again = `${disguise ? escaped(twice) : JSON.stringify(twice)}:0`;
      assert.equal(faultOf(`{${[...members, again].join(',')}}`), 'duplicate member');
      assert.equal(faultOf(`[1,{"o":{${[again, ...members].join(',')}}}]`), 'duplicate member');
    }),
  );
});

test('the same name may stand in different objects', () => {
  assert.deepEqual(plain(parse('[{"a":{"a":1}},{"a":2}]')), [{ a: { a: 1 } }, { a: 2 }]);
});

test('names of the language are only names', () => {
  const object = parse('{"__proto__":{"admin":true},"constructor":1,"inner":[{"hasOwnProperty":2}]}') as JsonObject;
  assert.equal(Object.getPrototypeOf(object), null);
  assert.deepEqual(Object.keys(object), ['__proto__', 'constructor', 'inner']);
  assert.equal(object['admin'], undefined);
  assert.equal(object['toString'], undefined);
  const inner = (object['inner'] as readonly JsonObject[])[0];
  assert.equal(Object.getPrototypeOf(inner), null);
  assert.equal(faultOf('{"__proto__":1,"__proto__":2}'), 'duplicate member');
});

test('bytes that are no UTF-8 are refused', () => {
  for (const bytes of [[0x80], [0xc0, 0xaf], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]]) {
    assert.equal(faultOf(Buffer.from([0x22, ...bytes, 0x22])), 'not UTF-8');
  }
});

test('a byte order mark and other encodings of Unicode are refused', () => {
  assert.equal(faultOf('\ufeff{}'), 'not JSON');
  assert.equal(faultOf(Buffer.from('{}', 'utf16le')), 'not JSON');
});

test('half a surrogate pair is refused in names and values, a whole one is not', () => {
  for (const text of ['"\\ud800"', '"\\udc00"', '["a\\ud83dz"]', '{"\\ude00":1}', '"\\ud83d\\ud83d\\ude00"']) {
    assert.equal(faultOf(text), 'lone surrogate', text);
  }
  assert.equal(parse('"\\ud83d\\ude00"'), '\u{1f600}');
});

test('numbers are finite, and as JSON writes them', () => {
  for (const text of ['1e400', '[-1e400]', '{"exp":1e309}']) assert.equal(faultOf(text), 'number out of range');
  for (const text of ['NaN', 'Infinity', '01', '+1', '.5', '1.', '0x1', '1_000', '1n']) {
    assert.equal(faultOf(text), 'not JSON', text);
  }
  assert.equal(parse('1e308'), 1e308);
  assert.ok(Object.is(parse('-0'), -0));
});

test('documents are as deep as 32 levels and no deeper', () => {
  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  assert.ok(parse(nested(32)));
  assert.equal(faultOf(nested(33)), 'nested too deep');
  assert.equal(faultOf(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`), 'nested too deep');
});

test('a megabyte of brackets is refused, and nothing overflows', () => {
  assert.equal(faultOf('['.repeat(1e6)), 'not JSON');
  assert.equal(faultOf('['.repeat(5e5) + ']'.repeat(5e5)), 'nested too deep');
});

test('no bytes at all are no JSON', () => {
  assert.equal(faultOf(''), 'not JSON');
  assert.equal(faultOf('  '), 'not JSON');
});

test('of a published document one bad place does not spoil the rest', () => {
  const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
  for (const [text, expected] of [
    ['{"a":1,"b":2,"a":3}', { a: 3, b: 2 }],
    ['{"\\u0061":1,"a":2}', { a: 2 }],
    ['\ufeff{"a":1}', { a: 1 }],
    ['{"a":1e400,"b":[-1e400,2]}', { a: null, b: [null, 2] }],
    ['{"a":"\\ud800","b":1}', { a: '\ufffd', b: 1 }],
    ['{"__proto__":1,"__proto__":2}', JSON.parse('{"__proto__":2}')],
  ] as const) {
    const parsed = parsePublishedJson(Buffer.from(text));
    assert.deepEqual(parsed.ok && plain(parsed.value), expected, text);
  }
  const parsed = parsePublishedJson(Buffer.from(`{"a":${deep},"b":1}`));
  assert.ok(parsed.ok && (parsed.value as JsonObject)['b'] === 1);
});

test('but what is no JSON is none there either', () => {
  for (const text of ['', '\ufeff', '{', '[1,]', '\ufeff\ufeff{}', '['.repeat(1e6)]) {
    assert.deepEqual(parsePublishedJson(Buffer.from(text)), { ok: false, fault: 'not JSON' }, text.slice(0, 9));
  }
  assert.deepEqual(parsePublishedJson(Buffer.from([0x22, 0xff, 0x22])), { ok: false, fault: 'not UTF-8' });
});

test('a document that is good by the strict rules is the same by those of published ones', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const bytes = Buffer.from(JSON.stringify(value));
      assert.deepEqual(parsePublishedJson(bytes), parseStrictJson(bytes));
    }),
  );
});
