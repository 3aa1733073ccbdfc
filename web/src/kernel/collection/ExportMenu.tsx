import { useState } from "react";
import download from "bootstrap-icons/download.svg";
import { texts } from "../../app/language";
import { followWork, type WorkState } from "../../app/shell/work";
import { Button, IconButton } from "../../design/Button";
import { Menu } from "../../design/Menu";
import { send } from "../api/client";
import { explain } from "../api/problem";
import type { EntityMeta } from "../meta/types";
import { toastProblem } from "../records/change";
import { chosenColumns } from "./columns";
import { exportFields, formats } from "./exportFields";
import { toParams, type ListQuery } from "./query";
import { selectedCount, type Selection } from "./selection";
import { ownSort } from "./sorting";
import { useNarrow } from "./useMedia";
import * as format from "../format/format";

const t = texts({
    it: { export: "Esporta", xlsx: "Excel (.xlsx)", csv: "CSV (.csv)", pdf: "PDF (.pdf)", json: "JSON (.json)", what: "Ciò che si vede, tutte le righe", selected: "Solo le righe selezionate ({count})", working: "Esportazione: {name}", size: "{name}: {size} kB", stopped: "Non riuscita: {text}" },
    en: { export: "Export", xlsx: "Excel (.xlsx)", csv: "CSV (.csv)", pdf: "PDF (.pdf)", json: "JSON (.json)", what: "What is shown, all rows", selected: "Only the selected rows ({count})", working: "Export: {name}", size: "{name}: {size} kB", stopped: "Failed: {text}" },
});

/** Ids that fit into one address. */
const mostIds = 150;

/** Writes exactly what is shown to a file: these rows, these columns, in this order. */
export function ExportMenu({ entity, query, selection }: { entity: EntityMeta; query: ListQuery; selection: Selection }) {
    const narrow = useNarrow();
    const [busy, setBusy] = useState(false);
    const chosen = selectedCount(selection, Infinity);
    const canChoose = !selection.isAll && chosen > 0 && chosen <= mostIds;
    const run = async (kind: typeof formats[number], ids: string[] | null) => {
        const params = toParams({ ...query, sort: query.sort.length ? query.sort : ownSort(entity), ...(ids ? { filters: [], advanced: null, q: "" } : {}) });
        if (ids) params.set("id[in]", ids.join(","));
        params.set("format", kind);
        params.set("fields", exportFields(entity, chosenColumns(entity, query.columns).map((one) => one.key), kind).join(","));
        setBusy(true);
        await saveExport(entity, params, kind).catch(toastProblem);
        setBusy(false);
    };
    const entries = [
        ...formats.map((kind, at) => ({ key: kind, label: t(kind), ...(at === 0 ? { heading: t("what") } : {}), onSelect: () => void run(kind, null) })),
        ...(canChoose ? formats.map((kind, at) => ({ key: `${kind}-selected`, label: t(kind), ...(at === 0 ? { heading: t("selected", { count: chosen }), line: true } : {}), onSelect: () => void run(kind, [...selection.ids]) })) : []),
    ];
    return (
        <Menu label={t("export")} entries={entries} align="end">
            {narrow ? <IconButton icon={download} label={t("export")} busy={busy} /> : <Button icon={download} busy={busy}>{t("export")}</Button>}
        </Menu>
    );
}

/** Fetches the file and hands it to the browser; from half a second on a card says how far it is. */
async function saveExport(entity: EntityMeta, params: URLSearchParams, kind: string) {
    const name = `${entity.label.many.toLocaleLowerCase().replace(/\s+/g, "-")}-${format.today()}.${kind}`;
    const state: WorkState = { status: "going", done: 0, total: null };
    const timer = setTimeout(() => followWork({ key: `export:${name}`, label: t("working", { name: entity.label.many }), poll: () => Promise.resolve({ ...state }) }), 500);
    try {
        const answer = await send("GET", `/${entity.path}/export`, { query: params, headers: { Accept: "*/*" } });
        const parts: Uint8Array[] = [];
        const reader = answer.body?.getReader();
        for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
            parts.push(part.value);
            state.done += part.value.length;
        }
        const blob = new Blob(parts, { type: answer.headers.get("Content-Type") ?? "application/octet-stream" });
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        Object.assign(state, { status: "done", text: t("size", { name, size: Math.max(1, Math.round(blob.size / 1000)) }) });
    } catch (error) {
        Object.assign(state, { status: "failed", text: t("stopped", { text: explain(error) }) });
        throw error;
    } finally {
        clearTimeout(timer);
    }
}

