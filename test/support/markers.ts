/** A document with what is between the markers of `name` (`<!-- name:begin -->`, `<!-- name:end -->`) replaced. */
export function filled(text: string, name: string, content: string): string {
  const parts = new RegExp(`(<!-- ${name}:begin -->)[^]*(<!-- ${name}:end -->)`).exec(text);
  if (!parts) throw new Error(`the markers of ${name} are missing`);
  const [whole, begin, end] = parts;
  return text.replace(whole, () => `${begin}\n\n${content}\n\n${end}`);
}
