type Child = Node | string;

/** Attributes by name; those that are undefined are left out. No event handlers, and no address but of `data:` pictures. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element. Strings become text, whatever they hold: nothing here parses HTML. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** A button that does something. */
export function button(label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', press);
  return made;
}

/** A picture in an answer as an address; undefined for anything but base64 of a picture that browsers show. */
export function pictureAddress(mimeType = '', data = ''): string | undefined {
  if (!/^image\/(jpeg|png|gif|webp)$/.test(mimeType) || !/^[\w+/=-]+$/.test(data)) return undefined;
  return `data:${mimeType};base64,${data}`;
}

/** A `data:` address of a picture, and nothing else. */
export const isPicture = (address: string): boolean => /^data:image\/(jpeg|png|gif|webp);base64,/.test(address);
