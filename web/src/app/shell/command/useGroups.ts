import arrowRight from "bootstrap-icons/arrow-right.svg";
import clock from "bootstrap-icons/clock-history.svg";
import plus from "bootstrap-icons/plus-lg.svg";
import { openCreate } from "../../../kernel/create/openCreate";
import { labelOf } from "../../../kernel/meta/label";
import { can, useMeta, type MetaIndex } from "../../../kernel/meta/meta";
import type { EntityMeta } from "../../../kernel/meta/types";
import type { Row, Value } from "../../../kernel/records/types";
import { iconOf } from "../../../plugins/all";
import { texts } from "../../language";
import { go, here, to } from "../../router";
import { useSession } from "../../session";
import { useNavigation } from "../navigation";
import { asideOf } from "./aside";
import { score } from "./match";
import { recents } from "./recents";
import type { Command, CommandGroup } from "./types";
import { useCommands } from "./useCommands";
import { useRows } from "./useRows";
import type { Hit, Search } from "./useSearch";

const t = texts({
    it: { recent: "Aperti di recente", createFor: "Crea {label} per «{name}»", createNamed: "Crea {label} «{name}»", all: "Tutti i risultati in {label}" },
    en: { recent: "Opened recently", createFor: "Create {label} for “{name}”", createNamed: "Create {label} “{name}”", all: "All results in {label}" },
});

/** Opens a record as a page, or beside the list of its entity. */
function openRecord(entity: EntityMeta, id: string, aside: boolean) {
    const { parts, query } = here();
    if (!aside) return go(to(`${entity.path}/${id}`));
    const words = new URLSearchParams(parts[0] === entity.path && parts.length === 1 ? query : {});
    words.set("open", id);
    go(to(entity.path, words));
}

/** What the menu shows for what is typed, best first: pages of that name, records, what can be created and done. */
export function useGroups(typed: string, search: Search): CommandGroup[] {
    const meta = useMeta();
    const query = typed.trim();
    const { goTo, create, others } = useCommands();
    const { organization, profile } = useSession();
    const opened = query ? [] : recents(organization.id, profile.user.id).flatMap((one) => {
        const entity = meta.at(one.path);
        return entity ? [{ type: entity.name, id: one.id }] : [];
    });
    const hits = query.length >= 2 ? search.hits.filter((hit) => meta.entity(hit.type)) : [];
    const row = useRows(query ? hits : opened);
    const main = useNavigation()[0]?.entries.map((entry) => meta.at(entry.path)).find((entity) => entity && can(entity, "create"));
    if (!query) {
        const recent = opened.flatMap((one): Command[] => {
            const entity = meta.entity(one.type);
            const known = row(one.id);
            return entity && known ? [recordCommand(entity, known.id, labelOf(known, entity), asideOf(entity, known, meta), clock)] : [];
        });
        return [{ key: "recent", label: t("recent"), commands: recent }, goTo, create, others].filter((group) => group.commands.length);
    }
    const places = matching(goTo, query);
    const named = places.commands.filter((one) => score(query, one.label) >= 4);
    const rest = places.commands.filter((one) => !named.includes(one));
    const makes = main ? offers(main, query, hits, meta, search.isPending) : [];
    const foundCreate = matching(create, query).commands;
    return [
        { ...goTo, commands: named },
        ...recordGroups(query, hits, meta, row),
        { ...create, commands: [...foundCreate, ...makes.filter((one) => one.key === "createFor")] },
        { ...goTo, key: "goToAlso", commands: rest },
        matching(others, query),
        { ...create, key: "createNamed", commands: makes.filter((one) => one.key === "createNamed") },
    ].filter((group) => group.commands.length);
}

function matching(group: CommandGroup, query: string): CommandGroup {
    const worth = (one: Command) => Math.max(score(query, one.label) * 2, one.words ? score(query, `${one.label} ${one.words}`) : 0);
    const found = group.commands.map((one) => ({ one, worth: worth(one) })).filter(({ worth }) => worth > 0);
    return { ...group, commands: found.sort((a, b) => b.worth - a.worth).map(({ one }) => one) };
}

const recordCommand = (entity: EntityMeta, id: string, label: string, aside: string, icon: string): Command => ({
    key: `record ${id}`, label, icon, aside, opensAside: true, run: (where) => openRecord(entity, id, where.aside),
});

/** Of each entity the menu shows this many; the list shows the rest. */
const most = 5;

/** The hits by entity, in the order of their best. */
function recordGroups(query: string, hits: Hit[], meta: MetaIndex, row: (id: string) => Row | undefined): CommandGroup[] {
    const groups = new Map<string, CommandGroup>();
    for (const hit of hits) {
        const entity = meta.entity(hit.type);
        if (!entity) continue;
        const group = groups.get(hit.type) ?? { key: hit.type, label: entity.label.many, commands: [] };
        const known = row(hit.id);
        const snippet = hit.snippet && hit.snippet !== hit.label ? hit.snippet : "";
        group.commands.push(recordCommand(entity, hit.id, hit.label, (known ? asideOf(entity, known, meta) : "") || snippet, iconOf(entity.name)));
        groups.set(hit.type, group);
    }
    for (const [type, group] of groups) {
        const entity = meta.entity(type);
        if (!entity || group.commands.length <= most) continue;
        group.commands = [...group.commands.slice(0, most), {
            key: `all ${type}`, label: t("all", { label: entity.label.many }), icon: arrowRight, run: () => go(to(entity.path, { view: "list", q: query })),
        }];
    }
    return [...groups.values()];
}

/** The main entity's new record: for the record that was meant, where it can refer to it, else by the name that was typed. */
function offers(entity: EntityMeta, query: string, hits: Hit[], meta: MetaIndex, isPending: boolean): Command[] {
    if (isPending || query.length < 2) return [];
    const label = entity.label.one.toLowerCase();
    const best = hits.find((hit) => score(query, hit.label) >= 4 && entity.fields.some((one) => one.reference?.entity === hit.type && one.key !== entity.owner_field));
    const reference = best && entity.fields.find((one) => one.reference?.entity === best.type && one.writable);
    const bestEntity = best && meta.entity(best.type);
    if (best && reference && bestEntity) {
        const initial: Record<string, Value> = { [reference.key]: best.id };
        return [{ key: "createFor", label: t("createFor", { label, name: best.label }), icon: plus, run: () => openCreate(entity.name, initial) }];
    }
    const title = entity.fields.find((one) => one.kind === "text" && one.writable && one.rules.required) ?? entity.fields.find((one) => one.kind === "text" && one.writable);
    return title ? [{ key: "createNamed", label: t("createNamed", { label, name: query }), icon: plus, run: () => openCreate(entity.name, { [title.key]: query }) }] : [];
}
