import type { DecimalSign } from '../../../media/numbers.ts';
import type { SheetRow } from '../../../media/sheet.ts';
import { identityKey } from '../../../text/compare.ts';
import { inQuotes } from '../../../text/quote.ts';
import { shorten } from '../../../text/tokens.ts';
import { isBlank } from '../../../text/trim.ts';
import { decimalOf } from '../../library/metadata/decimal_sign.ts';
import type { Field } from '../../library/metadata/fields.ts';

type Cell = (row: SheetRow) => string;

/** A column with the values of a metadata field. Decimal sign and separator are the same in all of its cells. */
export interface Filled {
  readonly header: string;
  readonly field: Field;
  readonly cell: Cell;
  readonly decimal?: DecimalSign | undefined;
  readonly separator?: string | undefined;
  /** A cell with another separator than its column's, which is taken as one value. */
  readonly unsplit?: string | undefined;
}

/** What separates several values of one cell, the surest first. */
const SEPARATORS = ['\n', ';', '|', ','] as const;

/** Decides how the cells of a column are read. Throws `ToolError` if they contradict each other. */
export function valueColumn(header: string, field: Field, cell: Cell, rows: readonly SheetRow[]): Filled {
  const isNumber = field.type === 'integer' || field.type === 'float';
  const several = rows
    .map((row) => cell(row).trim())
    .filter((text) => !isOption(field, text) && listIn(text) === undefined);
  const separator = SEPARATORS.find((sign) => several.some((text) => text.includes(sign)));
  const others = SEPARATORS.filter((sign) => sign !== separator);
  const unsplit = several.find(
    (text) => separator && !text.includes(separator) && others.some((sign) => text.includes(sign)),
  );
  return {
    header,
    field,
    cell,
    ...(isNumber && { decimal: decimalOf(header, cell, rows) }),
    ...(field.multi && { separator, unsplit }),
  };
}

/** The values of a cell, without empty ones. */
export function valuesIn({ field, cell, separator }: Filled, row: SheetRow): string[] {
  const text = cell(row).trim();
  const list = field.multi ? listIn(text) : undefined;
  const parts = list ?? (separator === undefined || isOption(field, text) ? [text] : text.split(separator));
  return parts.map((part) => part.trim().replace(/^"([^"]+)"$/, '$1')).filter((part) => !isBlank(part));
}

/** The values of a cell that holds a list as JSON, as models write it. */
function listIn(text: string): string[] | undefined {
  if (!/^\[\s*"/.test(text)) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}

/** An option may have a separator in its name. */
const isOption = ({ options }: Field, text: string): boolean =>
  options.some(({ label, value }) => [label, value].map(identityKey).includes(identityKey(text)));

/** `Column "Fee" → Licence fee (float, view Rights), decimal sign ",".` */
export function valueNote({ header, field, decimal, separator, unsplit }: Filled): string {
  const decision =
    separator === ','
      ? ', values separated by ","; to keep a comma, end each cell with ";"'
      : separator === undefined
        ? decimal && `, decimal sign "${decimal}"`
        : `, values separated by ${separator === '\n' ? 'line breaks' : `"${separator}"`}`;
  const whole = unsplit ? ` ${inQuotes(shorten(unsplit, 60))} has another separator and is one value.` : '';
  return `Column ${inQuotes(header)} → ${field.label} (${field.type}, view ${field.view})${decision ?? ''}.${whole}`;
}
