import file from "bootstrap-icons/file-earmark-text.svg";
import type { PluginScreens, Screen } from "./plugin";
import { directory } from "./directory/plugin";
import { sales } from "./sales/plugin";

/** The only list of plugins that bring screens of their own. */
export const plugins: PluginScreens[] = [sales, directory];

/** The icon of an entity's records. */
export function iconOf(entity: string): string {
    for (const plugin of plugins) {
        const icon = plugin.icons?.[entity];
        if (icon) return icon;
    }
    return file;
}

/** What an empty list of the entity says. */
export const aboutOf = (entity: string): { title: string; text: string } | undefined => plugins.map((plugin) => plugin.about?.[entity]).find(Boolean)?.();

/** The first steps that the plugins which are on bring. */
export const startSteps = (hasPlugin: (id: string) => boolean) => plugins.filter((plugin) => hasPlugin(plugin.id)).flatMap((plugin) => plugin.start ?? []);

/** Whether the entity is set up rather than worked with. */
export const isSetup = (entity: string): boolean => plugins.some((plugin) => plugin.setup?.includes(entity));

/** The page that a plugin has at that path. */
export const screenAt = (path: string): (Screen & { plugin: string }) | undefined =>
    plugins.flatMap((plugin) => (plugin.screens ?? []).map((screen) => ({ ...screen, plugin: plugin.id }))).find((screen) => screen.path === path);

export const recordParts = (entity: string) => plugins.flatMap((plugin) => plugin.recordParts?.[entity] ?? []);
export const recordActions = (entity: string) => plugins.flatMap((plugin) => plugin.recordActions?.[entity] ?? []);
export const recordFigures = (entity: string) => plugins.map((plugin) => plugin.recordFigures?.[entity]).find(Boolean);
export const momentView = (entity: string) => plugins.map((plugin) => plugin.moments?.[entity]).find(Boolean);
export const momentEntities = (): string[] => plugins.flatMap((plugin) => Object.keys(plugin.moments ?? {}));

/** The money field whose currency a computed amount has; undefined for what is no amount. */
export const amountLike = (entity: string, key: string): string | undefined => {
    for (const plugin of plugins) {
        const like = plugin.amounts?.[entity]?.[key];
        if (like) return like;
    }
    return undefined;
};

/** Whether the server puts the entity's timelines together. */
export const hasTimeline = (entity: string): boolean => plugins.some((plugin) => plugin.timelines?.includes(entity));
