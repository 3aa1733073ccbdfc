import { isComplete, isGroup, type Filter, type Group } from "../query";

/** How many conditions stand in a group and in those within it. */
export const countConditions = (filter: Filter): number => (isGroup(filter) ? filter.parts.reduce((sum, part) => sum + countConditions(part), 0) : 1);

/** A group with one of its parts put in the place of another; null takes it out. */
export function withPart(group: Group, at: number, part: Filter | null): Group {
    return { ...group, parts: group.parts.flatMap((one, index) => (index === at ? (part ? [part] : []) : [one])) };
}

/** The group without conditions that say nothing and groups that are empty; null where nothing is left. */
export function tidy(group: Group): Group | null {
    const parts = group.parts.flatMap((part): Filter[] => {
        if (!isGroup(part)) return isComplete(part) ? [part] : [];
        const inner = tidy(part);
        return inner ? [inner] : [];
    });
    return parts.length ? { ...group, parts } : null;
}
