const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }),
);

/** The text of the first element with that name and without elements inside; undefined where there is none or it is empty. */
export function textOfElement(xml: string, name: string): string | undefined {
  const [, text = ''] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return unescaped(text).trim() || undefined;
}

/** Text with the references of XML resolved; one that stands for no character stays. */
const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (all, decimal?: string, hex?: string, name = '') => {
    if (!decimal && !hex) return ENTITIES.get(name) ?? all;
    const code = Number.parseInt(decimal ?? hex ?? '', decimal ? 10 : 16);
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    return code <= 0x10ffff && !isSurrogate ? String.fromCodePoint(code) : all;
  });
