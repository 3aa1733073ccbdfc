/** One thing that can be done with the selection. */
export interface BulkAction {
    key: string;
    label: string;
    icon?: string;
    danger?: boolean;
    run: () => void;
}

/** What stands in the bar, which has room for so many, and what in its menu: nothing has to be scrolled to. Where there is room for one, it is something done with the records. */
export function dealt(actions: BulkAction[], room: number): { shown: BulkAction[]; more: BulkAction[] } {
    if (actions.length <= room) return { shown: actions, more: [] };
    const shown = (room > 1 ? actions : actions.filter((one) => one.key !== "all" && !one.danger)).slice(0, room);
    return { shown, more: actions.filter((one) => !shown.includes(one)) };
}
