import { useMeta } from "../../kernel/meta/meta";
import { iconOf, isSetup, plugins } from "../../plugins/all";

/** A page that metadata or a plugin gives. */
export interface Entry {
    path: string;
    label: string;
    icon: string;
}

/** The sections that metadata gives, one per plugin, each with the plugin's own screens and the entities that are worked with. */
export function useNavigation(): { id: string; label: string; entries: Entry[] }[] {
    const meta = useMeta();
    return meta.meta.plugins.flatMap((plugin) => {
        const listed = new Set(meta.meta.navigation.filter((one) => one.id !== "settings").flatMap((one) => one.items).flatMap((item) => item.entities));
        const entities = meta.meta.entities.filter((entity) => entity.plugin === plugin.id && listed.has(entity.name) && !isSetup(entity.name));
        const screens = (plugins.find((one) => one.id === plugin.id)?.screens ?? []).filter((screen) => !screen.permission || meta.holds(screen.permission));
        const order = Object.keys(plugins.find((one) => one.id === plugin.id)?.icons ?? {});
        entities.sort((a, b) => place(order, a.name) - place(order, b.name));
        const entries = [
            ...entities.map((entity) => ({ path: entity.path, label: entity.label.many, icon: iconOf(entity.name) })),
            ...screens.map((screen) => ({ path: screen.path, label: screen.label(), icon: screen.icon })),
        ];
        return entries.length ? [{ id: plugin.id, label: plugin.label, entries }] : [];
    }).sort((a, b) => Number(b.id === "sales") - Number(a.id === "sales"));
}

const place = (order: string[], name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
