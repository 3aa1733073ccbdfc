import { createContext, useContext } from "react";
import type { EntityMeta, FieldMeta, Meta, ViewMeta } from "./types";

/** `/meta` with ways to find things in it. */
export class MetaIndex {
    private readonly byName: Map<string, EntityMeta>;
    private readonly byPath: Map<string, EntityMeta>;

    constructor(readonly meta: Meta) {
        this.byName = new Map(meta.entities.map((entity) => [entity.name, entity]));
        this.byPath = new Map(meta.entities.map((entity) => [entity.path, entity]));
    }

    entity(name: string): EntityMeta | undefined {
        return this.byName.get(name);
    }

    at(path: string): EntityMeta | undefined {
        return this.byPath.get(path);
    }

    holds(permission: string): boolean {
        return permission in this.meta.permissions;
    }

    hasPlugin(id: string): boolean {
        return this.meta.plugins.some((plugin) => plugin.id === id);
    }

    /** A text of the server's by its key; the key itself when there is none. */
    message(key: string): string {
        return this.meta.messages[key] ?? key;
    }
}

export const field = (entity: EntityMeta, key: string): FieldMeta | undefined => entity.fields.find((one) => one.key === key);

export const view = (entity: EntityMeta, form: ViewMeta["form"]): ViewMeta | undefined => entity.views.find((one) => one.form === form);

/** Whether records move on from state to state or from stage to stage: then a board shows them best, and their money adds up. */
export const goesThroughStates = (entity: EntityMeta): boolean => {
    const key = view(entity, "board")?.group_by;
    return entity.states !== null || (key != null && field(entity, key)?.kind === "reference");
};

/** Whether the caller may do that with records of the entity at all. */
export const can = (entity: EntityMeta, operation: EntityMeta["operations"][number]): boolean => entity.operations.includes(operation);

/** The `include=` that brings the records that these fields refer to. */
export function includes(entity: EntityMeta, keys: string[]): string {
    const names = keys.map((key) => field(entity, key)?.reference?.include).filter((name): name is string => !!name);
    return [...new Set(names)].join(",");
}

export const MetaContext = createContext<MetaIndex | null>(null);

/** The metadata of the organization that is open. */
export function useMeta(): MetaIndex {
    const meta = useContext(MetaContext);
    if (!meta) throw new Error("useMeta outside of the shell");
    return meta;
}
