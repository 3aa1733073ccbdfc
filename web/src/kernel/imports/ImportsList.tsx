import { useCallback, useEffect, useState } from "react";
import upload from "bootstrap-icons/upload.svg";
import { Header } from "../../app/shell/Header";
import { Trouble } from "../../app/shell/Trouble";
import { texts } from "../../app/language";
import { go, to } from "../../app/router";
import { Empty, Skeleton } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { api } from "../api/client";
import { explain } from "../api/problem";
import { can, useMeta } from "../meta/meta";
import type { Page, Row } from "../records/types";
import { isGoing, importTexts } from "./importTexts";
import { ImportRow } from "./ImportRow";
import type { ImportSummary } from "./types";

const t = texts({
    it: {
        file: "File", into: "In", who: "Chi", when: "Quando", status: "Stato", rows: "Righe", actions: "Azioni", more: "Mostra altre",
        empty: "Porta qui i dati che hai già", emptyText: "Un file CSV da un foglio di calcolo o da un altro programma: vedi che cosa contiene, lo controlli senza scrivere niente e, se serve, annulli tutto.",
    },
    en: {
        file: "File", into: "Into", who: "Who", when: "When", status: "Status", rows: "Rows", actions: "Actions", more: "Show more",
        empty: "Bring the data that you have", emptyText: "A CSV file from a spreadsheet or another program: see what is in it, check it without writing anything and, if need be, undo all of it.",
    },
});

/** The files that were brought in, the newest first; what goes on is followed. */
export function ImportsList() {
    const meta = useMeta();
    const [rows, setRows] = useState<ImportSummary[] | null>(null);
    const [next, setNext] = useState<string | null>(null);
    const [people, setPeople] = useState<Record<string, string>>({});
    const [problem, setProblem] = useState<unknown>(null);
    const load = useCallback(async () => {
        try {
            const page = await api.get<Page<ImportSummary>>("/imports", { limit: 50 });
            setRows((before) => [...page.data, ...(before ?? []).slice(page.data.length)]);
            setNext((before) => (before === null || page.page.next === null ? page.page.next : before));
            setProblem(null);
        } catch (error) {
            setProblem(error);
        }
    }, []);
    useEffect(() => void load(), [load]);
    const goes = rows?.some((one) => isGoing(one.status)) ?? false;
    useEffect(() => {
        if (!goes) return;
        const timer = setInterval(() => void load(), 1000);
        return () => clearInterval(timer);
    }, [goes, load]);
    const unknown = [...new Set(rows?.map((one) => one.created_by) ?? [])].filter((id) => !(id in people));
    const asked = unknown.join();
    const canAsk = meta.entity("kernel.member") !== undefined;
    useEffect(() => {
        if (!asked || !canAsk) return;
        const names = (page: Page) => Object.fromEntries([...asked.split(",").map((id) => [id, ""] as const), ...page.data.map((row: Row) => [row.id, String(row["name"] ?? "")] as const)]);
        api.get<Page>("/members", { "id[in]": asked, limit: 200, fields: "id,name" }).then((page) => setPeople((before) => ({ ...before, ...names(page) }))).catch(() => undefined);
    }, [asked, canAsk]);
    const more = async () => {
        const page = await api.get<Page<ImportSummary>>("/imports", { limit: 50, cursor: next });
        setRows([...(rows ?? []), ...page.data]);
        setNext(page.page.next);
    };
    const canImport = meta.meta.entities.some((one) => can(one, "import"));
    const start = canImport && <Button look="primary" icon={upload} onClick={() => go(to("imports/new"))}>{importTexts("new")}</Button>;
    return (
        <>
            <Header title={importTexts("imports")} actions={rows?.length ? start : undefined} />
            {problem && !rows ? <Trouble text={explain(problem)} code="" onRetry={() => void load()} /> : null}
            {rows?.length === 0 && <Empty icon={<Icon svg={upload} size={28} />} title={t("empty")} action={start}>{t("emptyText")}</Empty>}
            {!problem && rows?.length !== 0 && (
                <div className="page import-list" aria-busy={!rows}>
                    <table className="import-table">
                        <thead>
                            <tr>
                                <th scope="col">{t("file")}</th><th scope="col">{t("into")}</th><th scope="col">{t("status")}</th><th scope="col">{t("rows")}</th><th scope="col">{t("who")}</th><th scope="col">{t("when")}</th>
                                <th scope="col"><span className="visually-hidden">{t("actions")}</span></th>
                            </tr>
                        </thead>
                        <tbody>
                            {rows?.map((one) => <ImportRow key={one.id} one={one} who={people[one.created_by] ?? ""} onChanged={load} />)}
                            {!rows && [1, 2, 3].map((one) => <tr key={one}>{[140, 90, 80, 110, 120, 70, 60].map((width) => <td key={width}><Skeleton width={width} /></td>)}</tr>)}
                        </tbody>
                    </table>
                    {next && <Button look="plain" onClick={() => void more()}>{t("more")}</Button>}
                </div>
            )}
        </>
    );
}
