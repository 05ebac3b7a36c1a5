import { type DecimalSign, decimalSignOf } from '../../../media/numbers.ts';
import type { SheetRow } from '../../../media/sheet.ts';
import { inQuotes } from '../../../text/quote.ts';
import { ToolError } from '../../errors.ts';

/** The decimal sign of a column, if one of its numbers shows it. Throws `ToolError` if two numbers differ. */
export function decimalOf(
  header: string,
  cell: (row: SheetRow) => string,
  rows: readonly SheetRow[],
): DecimalSign | undefined {
  const [first, ...others] = rows.flatMap((row) => {
    const sign = decimalSignOf(cell(row));
    return sign ? [{ sign, text: cell(row), line: row.line }] : [];
  });
  const other = others.find(({ sign }) => sign !== first?.sign);
  if (first && other)
    throw new ToolError(
      `csv: column ${inQuotes(header)} has two decimal signs: ${inQuotes(first.text)} in line ${first.line}, ${inQuotes(other.text)} in line ${other.line}. Write all numbers with one.`,
    );
  return first?.sign;
}
