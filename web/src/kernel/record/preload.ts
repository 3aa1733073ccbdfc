import { momentEntities, momentView, recordParts } from "../../plugins/all";

/** Fetches the record page and what plugins put on it, so that the first record opens as quickly as any other. */
export function preloadRecord(entity: string) {
    const moments = momentEntities().map(momentView);
    const all = [import("./RecordPage"), ...recordParts(entity).map((part) => part.load()), ...moments.map((view) => view?.load())];
    for (const one of all) void one?.catch(() => undefined);
}
