import type { KeyboardEvent, RefObject } from "react";
import { setQuery } from "../../app/router";
import type { Shortcut } from "../../app/shell/keys";
import type { Column } from "./columns";
import { laneOf, type Lanes } from "./lanes";
import { t } from "./texts";

interface Settings {
    root: RefObject<HTMLElement>;
    columns: Column[];
    lanes: Lanes;
    canMove: boolean;
    onFocus: (id: string) => void;
    onMove: (id: string, column: Column) => void;
    onMenu: (id: string, anchor: HTMLElement) => void;
    onAdd: (column: Column) => void;
}

/** The board by keyboard: arrows go from card to card, with Ctrl they move the card, M chooses its column, C creates in it. */
export function boardKeys({ root, columns, lanes, canMove, onFocus, onMove, onMenu, onAdd }: Settings) {
    return (event: KeyboardEvent) => {
        const card = event.target as HTMLElement;
        const id = card.dataset["recordId"];
        const key = id ? laneOf(lanes, id) : undefined;
        const at = columns.findIndex((one) => one.key === key);
        const column = columns[at];
        const ids = key === undefined ? [] : lanes[key]?.ids ?? [];
        if (!id || !column || event.altKey) return;
        const goes = (target: string | undefined) => {
            event.preventDefault();
            if (target) onFocus(target);
        };
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const isMoving = event.ctrlKey || event.metaKey || event.shiftKey;
        if (step && isMoving) {
            event.preventDefault();
            const target = columns[at + step];
            if (canMove && target) onMove(id, target);
            return;
        }
        if (isMoving) return;
        if (step) return goes(beside(root.current, card, columns.slice(step > 0 ? at + 1 : 0, step > 0 ? undefined : at), step));
        switch (event.key) {
            case "ArrowDown": return goes(ids[ids.indexOf(id) + 1]);
            case "ArrowUp": return goes(ids[ids.indexOf(id) - 1]);
            case "Home": return goes(ids[0]);
            case "End": return goes(ids[ids.length - 1]);
            case " ":
                event.preventDefault();
                return setQuery({ open: id }, false);
            case "c": case "C":
                event.preventDefault();
                return onAdd(column);
            case "m": case "M":
                if (!canMove) return;
                event.preventDefault();
                return onMenu(id, card);
        }
    };
}

/** What the keys do while a card has the focus, for the list that `?` shows. */
export function boardShortcuts(canMove: boolean, canCreate: boolean): Shortcut[] {
    const key = (keys: string, name: Parameters<typeof t>[0]): Shortcut => ({ keys, label: t(name), where: t("where") });
    return [
        key("ArrowRight", "keyWalk"), key("Enter", "keyOpen"), key("Space", "keyAside"),
        ...(canMove ? [key("mod+ArrowRight", "keyMove"), key("m", "keyChoose")] : []),
        ...(canCreate ? [key("c", "keyCreate")] : []),
    ];
}

/** The card of the nearest column that has any, at the height where we are. */
function beside(root: HTMLElement | null, card: HTMLElement, others: Column[], step: number): string | undefined {
    const height = card.getBoundingClientRect().top;
    for (const column of step > 0 ? others : [...others].reverse()) {
        const cards = [...(root?.querySelectorAll<HTMLElement>(`[data-column="${CSS.escape(column.key)}"] [data-record-id]`) ?? [])];
        const far = (one: HTMLElement) => Math.abs(one.getBoundingClientRect().top - height);
        const nearest = cards.sort((one, other) => far(one) - far(other))[0];
        if (nearest) return nearest.dataset["recordId"];
    }
    return undefined;
}
