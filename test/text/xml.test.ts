import { expect, test } from 'vitest';
import { textOfElement } from '../../src/text/xml.ts';

test.each([
  ['<Error><Message>Request has expired</Message></Error>', 'Request has expired'],
  ['<Message>A &lt;key&gt; &amp; a &quot;name&quot;, it&apos;s</Message>', 'A <key> & a "name", it\'s'],
  ['<Message>caf&#233; &#xE9; &#x1F3AC;</Message>', 'café é 🎬'],
  ['<Message>&amp;lt;</Message>', '&lt;'],
  ['<Message>R&D &nbsp; &#xD800; &#x110000;</Message>', 'R&D &nbsp; &#xD800; &#x110000;'],
  ['<Message> </Message>', undefined],
  ['<Other>x</Other>', undefined],
])('reads the text of an element: %s', (xml, text) => {
  expect(textOfElement(xml, 'Message')).toBe(text);
});
