import { field, view } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import { groupingFields } from "./columns";

const kept = (entity: EntityMeta) => `stratikey-board-${entity.name}`;

/** How the board of an entity is shown: the address says it (`group`, `cards`), else what was chosen here last, else the entity's view. */
export interface BoardChoice {
    grouping: FieldMeta | undefined;
    fields: string[];
}

interface Kept {
    group?: string;
    cards?: string[];
}

function read(entity: EntityMeta): Kept {
    try {
        return JSON.parse(localStorage.getItem(kept(entity)) ?? "{}") as Kept;
    } catch {
        return {};
    }
}

/** Keeps a choice for the next time. */
export function keepChoice(entity: EntityMeta, choice: Kept) {
    try {
        localStorage.setItem(kept(entity), JSON.stringify({ ...read(entity), ...choice }));
    } catch {
        // A browser that keeps nothing shows the entity's own view next time.
    }
}

export function boardChoice(entity: EntityMeta, address: URLSearchParams): BoardChoice {
    const own = view(entity, "board") ?? view(entity, "list");
    const before = read(entity);
    const offered = groupingFields(entity);
    const named = [address.get("group"), before.group, own?.group_by, entity.states?.field];
    const grouping = named.map((key) => offered.find((one) => one.key === key)).find(Boolean) ?? offered[0];
    const cards = address.get("cards")?.split(",") ?? before.cards ?? own?.fields ?? [];
    return { grouping, fields: cards.filter((key) => field(entity, key)) };
}
