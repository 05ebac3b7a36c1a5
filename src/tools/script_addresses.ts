import { shorten } from '../text/tokens.ts';
import { isScriptAddress, WEB_ADDRESS } from '../text/web_address.ts';

type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Characters of a value that an error quotes. */
const MAX_QUOTED = 60;

/**
 * Metadata values, at whatever depth of arguments, that read like script addresses: whoever follows one in Iconik runs it.
 * Here nobody knows the types of fields; what takes values away may name them.
 */
export function faultOfScripts(given: unknown): string | undefined {
  if (!isObject(given)) return undefined;
  for (const [name, value] of Object.entries(given)) {
    const fault = name === 'metadata_values' ? faultIn(value) : faultOfScripts(value);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultIn(values: unknown): string | undefined {
  for (const [name, entry] of isObject(values) ? Object.entries(values) : []) {
    if ((Object(entry) as Values).mode === 'delete') continue;
    const script = textsIn(entry).find(isScriptAddress);
    if (script !== undefined)
      return `metadata_values.${shorten(name, MAX_QUOTED)}: "${shorten(script, MAX_QUOTED)}" reads like a script address. A field for addresses takes ${WEB_ADDRESS}; set_metadata knows which field is one, and writes such a text into a text field. Nothing was sent.`;
  }
  return undefined;
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : isObject(value) ? Object.values(value).flatMap(textsIn) : [];
