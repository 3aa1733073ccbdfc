/** One cell: text, or a number that programs read, with a point and no groups. */
export type Cell = string | number | null;

/** A table as a file of comma-separated values (RFC 4180); a text that a spreadsheet would take for a formula is made harmless. */
export function csv(rows: Cell[][]): string {
    return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

function cell(value: Cell): string {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Minor units as a decimal number: 123450 of EUR is `1234.5`. */
export const decimal = (minor: number, digits: number): number => minor / 10 ** digits;

/** Hands a table over as a file. The mark at its start tells spreadsheets that it is UTF-8. */
export function download(name: string, rows: Cell[][]) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\uFEFF", csv(rows)], { type: "text/csv;charset=utf-8" }));
    link.download = `${name}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
