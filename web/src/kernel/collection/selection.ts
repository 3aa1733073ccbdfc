/** Which records are chosen: these, or all that the query shows save these. */
export interface Selection {
    isAll: boolean;
    ids: ReadonlySet<string>;
}

export const nothingSelected: Selection = { isAll: false, ids: new Set() };

export const isSelected = (selection: Selection, id: string): boolean => selection.ids.has(id) !== selection.isAll;

export const selectedCount = (selection: Selection, total: number): number => (selection.isAll ? Math.max(0, total - selection.ids.size) : selection.ids.size);

/** Chooses or leaves these. */
export function select(selection: Selection, ids: string[], on: boolean): Selection {
    const next = new Set(selection.ids);
    for (const id of ids) {
        if (on !== selection.isAll) next.add(id);
        else next.delete(id);
    }
    return { ...selection, ids: next };
}

export const toggle = (selection: Selection, id: string): Selection => select(selection, [id], !isSelected(selection, id));

export const selectAll: Selection = { isAll: true, ids: new Set() };
