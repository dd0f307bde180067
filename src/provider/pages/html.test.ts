import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { html } from './html.ts';

test('text is escaped, HTML is not, and what is absent leaves nothing', () => {
  const list = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  const { text } = html`<p title="${'"x"'}">${1}${undefined}${false}</p><ul>${list}</ul>`;
  assert.equal(text, '<p title="&#34;x&#34;">1</p><ul><li>a</li><li>&#60;b&#62;</li></ul>');
});

test('no text can leave the place that it was written to', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const inner = html`<a title="${value}">`.text.slice('<a title="'.length, -2);
      assert.ok(!/[<>"']/.test(inner));
    }),
  );
});
