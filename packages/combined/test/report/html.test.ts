import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, isolated, jsonScript, trusted } from '../../src/report/html.js';

test('escapes what is put in, in text and in attributes', () => {
  const name = `"><script>alert('1')</script>&amp;`;
  expect(html`<a title="${name}">${name}</a>`.text).toBe(
    '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">' +
      '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</a>',
  );
});

test('keeps markup, joins lists, and gives nothing for nothing', () => {
  expect(html`<p>${html`<b>${'<'}</b>`}${[1, ' & ', trusted('<br>')]}${undefined}${null}</p>`.text).toBe(
    '<p><b>&lt;</b>1 &amp; <br></p>',
  );
});

test('shows that there were characters which control or turn the text', () => {
  expect(html`${'a\0b\u001b[31m\u202egpj.exe\u2066\ud800'}`.text).toBe(
    'a\ufffdb\ufffd[31m\ufffdgpj.exe\ufffd\ufffd',
  );
  expect(html`${'tab\tand\nline, 👩‍🚀 and فيلم'}`.text).toBe('tab\tand\nline, 👩‍🚀 and فيلم');
});

test('isolates names, and breaks only long words', () => {
  expect(isolated('שלום').text).toBe('<bdi>שלום</bdi>');
  expect(isolated('x'.repeat(25)).text).toMatch(/^<bdi class="long">x+<\/bdi>$/);
});

test('writes JSON that nothing in it can end', () => {
  const { text } = jsonScript('data', { title: '</script><!--<img src=x onerror=alert(1)>\u202e' });
  expect(text).toBe(
    '<script type="application/json" id="data">' +
      '{"title":"\\u003c/script>\\u003c!--\\u003cimg src=x onerror=alert(1)>\ufffd"}</script>',
  );
});

test('whatever is put in, no sign of markup is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(html`${text}`.text).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      const json = jsonScript('data', [text]).text.slice(
        '<script type="application/json" id="data">'.length,
        -9,
      );
      expect(json).not.toContain('<');
      expect(JSON.parse(json)).toHaveLength(1);
    }),
  );
});
