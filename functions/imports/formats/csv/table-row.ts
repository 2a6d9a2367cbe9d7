import { cellValue, shown } from './clean-cell.ts';
import type { Header } from './header.ts';
import type { Field } from './profile.ts';

/** A cell that says something; `column` counts from 1. */
type Cell = { value: string; column: number; title: string };

/** One data row seen through the header. `warn` adds a warning that names the row's line, and the cell if there is one. */
export type TableRow = {
  line: number;
  /** The first column of the field that is not blank. */
  read: (field: Field) => Cell | undefined;
  readAll: (field: Field) => Cell[];
  warn: (code: string, detail: string, cell?: Cell) => void;
  warnings: { code: string; detail: string }[];
};

export const tableRow = (cells: readonly string[], line: number, header: Header): TableRow => {
  const warnings: TableRow['warnings'] = [];
  const read: (Cell | undefined | null)[] = [];
  const cellAt = (index: number): Cell | undefined => {
    if (read[index] === undefined) {
      const value = cellValue(cells[index] ?? '');
      read[index] = value === undefined ? null : { value, column: index + 1, title: header.titles[index] ?? '' };
    }
    return read[index] ?? undefined;
  };
  const columnsOf = (field: Field): readonly number[] => header.columns.get(field) ?? [];
  return {
    line,
    read: (field) => {
      for (const index of columnsOf(field)) {
        const cell = cellAt(index);
        if (cell !== undefined) return cell;
      }
      return undefined;
    },
    readAll: (field) =>
      columnsOf(field)
        .map(cellAt)
        .filter((cell) => cell !== undefined),
    warn: (code, detail, cell) => {
      const place =
        cell === undefined ? '' : `, column ${cell.column} (${shown(cell.title).slice(1, -1)}), ${shown(cell.value)}`;
      warnings.push({ code, detail: `Line ${line}${place}: ${detail}` });
    },
    warnings,
  };
};
