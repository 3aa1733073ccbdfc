import type { RowFault } from "./types";

/** A fault with all the lines that have it. */
export interface AlikeFault extends RowFault {
    lines: number[];
}

/** Puts what is wrong in the same way in one, the most frequent first. */
export function alike(faults: RowFault[]): AlikeFault[] {
    const found = new Map<string, AlikeFault>();
    for (const fault of faults) {
        const key = JSON.stringify([fault.column, fault.value, fault.code, fault.message]);
        const known = found.get(key) ?? { ...fault, lines: [] };
        if (fault.line !== null) known.lines.push(fault.line);
        found.set(key, known);
    }
    return [...found.values()].sort((a, b) => b.lines.length - a.lines.length);
}
