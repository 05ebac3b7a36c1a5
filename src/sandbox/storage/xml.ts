const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const unescaped = (text: string): string =>
  text
    .replaceAll(/&quot;|&#34;/g, '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** An element with text, or with elements in XML. */
export const element = (name: string, content: string | number | readonly string[]): string =>
  `<${name}>${typeof content === 'object' ? content.join('') : escaped(String(content))}</${name}>`;

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

export function xml(status: number, name: string, elements: readonly string[], namespace = true): Response {
  const open = namespace ? `<${name} xmlns="${NAMESPACE}">` : `<${name}>`;
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n${open}${elements.join('')}</${name}>`;
  return new Response(text, { status, headers: { 'content-type': 'application/xml' } });
}

/** An error in the form of the storages. */
export const refusal = (status: number, code: string, message: string): Response =>
  xml(status, 'Error', [element('Code', code), element('Message', message)], false);

/** The inner XML of each element of that name. */
export const contentsOf = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, inside = '']) => inside);

/** The text of the first element of that name. */
export function textIn(text: string, name: string): string | undefined {
  const [first] = contentsOf(text, name);
  return first === undefined ? undefined : unescaped(first).trim();
}
