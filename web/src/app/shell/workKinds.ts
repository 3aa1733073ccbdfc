import { api } from "../../kernel/api/client";
import { texts } from "../language";
import { knowWork, type WorkState } from "./work";

const t = texts({
    it: {
        created: { one: "{count} creata", other: "{count} create" }, updated: { one: "{count} aggiornata", other: "{count} aggiornate" }, skipped: { one: "{count} saltata", other: "{count} saltate" }, refused: { one: "{count} con errori", other: "{count} con errori" },
        rows: "Righe: {text}", nothing: "Nessuna riga scritta", undone: "Annullata: i record sono nel cestino", stopped: "Si è fermata: aprila per vedere perché",
        changed: { one: "{count} record modificato", other: "{count} record modificati" }, faulty: { one: "{count} non modificabile", other: "{count} non modificabili" }, bulkUndone: "I record sono di nuovo come prima",
        demoLoaded: "I dati dimostrativi sono pronti", demoRemoved: "I dati dimostrativi sono stati tolti", demoKept: { one: "Tolti; un record che hai cambiato resta", other: "Tolti; {count} record che hai cambiato restano" },
    },
    en: {
        created: "{count} created", updated: "{count} updated", skipped: "{count} skipped", refused: { one: "{count} with errors", other: "{count} with errors" },
        rows: "Rows: {text}", nothing: "No row was written", undone: "Undone: the records are in the bin", stopped: "It has stopped: open it to see why",
        changed: { one: "{count} record changed", other: "{count} records changed" }, faulty: { one: "{count} could not be changed", other: "{count} could not be changed" }, bulkUndone: "The records are as they were",
        demoLoaded: "The demo data is ready", demoRemoved: "The demo data is gone", demoKept: { one: "Removed; one record that you changed stays", other: "Removed; {count} records that you changed stay" },
    },
});

interface Task {
    status: string;
    progress: { done: number; total: number } | null;
    counts?: Record<string, number> | null;
    kept?: unknown[];
}

type Words = "created" | "updated" | "skipped" | "refused" | "changed" | "faulty";

const list = (words: [Words, number | undefined][]) => words.filter(([, count]) => count).map(([word, count]) => t(word, { count: count ?? 0 })).join(" · ");

/** An import's card. */
export function importState({ status, progress, counts }: Task): WorkState {
    const numbers = { done: progress?.done ?? 0, total: progress?.total ?? null };
    if (status === "checking" || status === "running" || status === "undoing") return { status: "going", ...numbers };
    if (status === "failed") return { status: "failed", ...numbers, text: t("stopped") };
    if (status === "undone") return { status: "done", ...numbers, text: t("undone") };
    const text = list([["created", counts?.["create"]], ["updated", counts?.["update"]], ["skipped", counts?.["skip"]], ["refused", counts?.["error"]]]);
    return { status: "done", ...numbers, text: text ? t("rows", { text }) : t("nothing") };
}

/** The card of a change to many records. */
export function bulkState({ status, progress, counts }: Task): WorkState {
    const numbers = { done: progress?.done ?? 0, total: progress?.total ?? null };
    if (status === "queued" || status === "running" || status === "undoing") return { status: "going", ...numbers };
    if (status === "failed") return { status: "failed", ...numbers, text: t("stopped") };
    if (status === "undone") return { status: "done", ...numbers, text: t("bulkUndone") };
    return { status: "done", ...numbers, text: list([["changed", (counts?.["update"] ?? 0) + (counts?.["delete"] ?? 0)], ["faulty", counts?.["error"]]]) || t("nothing") };
}

/** The card of the demo data. */
export function demoState({ status, progress, kept }: Task): WorkState {
    const numbers = { done: progress?.done ?? 0, total: progress?.total ?? null };
    if (status === "loading" || status === "removing") return { status: "going", ...numbers };
    if (status === "failed") return { status: "failed", ...numbers, text: t("stopped") };
    return { status: "done", ...numbers, text: status === "loaded" ? t("demoLoaded") : kept?.length ? t("demoKept", { count: kept.length }) : t("demoRemoved") };
}

knowWork("import", (id) => async (signal) => importState(await api.get<Task>(`/imports/${id}`, undefined, signal)));
knowWork("bulk", (id) => async (signal) => bulkState(await api.get<Task>(`/bulk/${id}`, undefined, signal)));
knowWork("demo", () => async (signal) => demoState(await api.get<Task>("/demo-data", undefined, signal)));
