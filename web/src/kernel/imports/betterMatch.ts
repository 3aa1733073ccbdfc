import { useEffect, useState } from "react";
import { api } from "../api/client";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Page } from "../records/types";
import { matchChoices } from "./plan";
import type { OpenColumn } from "./unmatched";

const most = 50;

/** Another field by which more of the unknown values would be found: codes instead of names. Asked once per column and way. */
export function useBetterMatch(target: EntityMeta | undefined, open: OpenColumn): { field: FieldMeta; found: number } | null {
    const [better, setBetter] = useState<{ field: FieldMeta; found: number } | null>(null);
    const values = open.values.map((one) => one.value).filter((value) => !value.includes(",")).slice(0, most);
    const asked = `${target?.name} ${open.plan.matchBy} ${values.join()}`;
    useEffect(() => {
        setBetter(null);
        const others = matchChoices(target).filter((one) => one.key !== open.plan.matchBy && one.operators.includes("in"));
        if (!target || !values.length || !others.length) return;
        const ending = new AbortController();
        const ask = async (field: FieldMeta) => {
            const page = await api.get<Page>(`/${target.path}`, { [`${field.key}[in]`]: values.join(), limit: 200, fields: `id,${field.key}` }, ending.signal);
            const there = new Set(page.data.map((row) => String(row[field.key] ?? "").toLowerCase()));
            return { field, found: values.filter((value) => there.has(value.trim().toLowerCase())).length };
        };
        Promise.all(others.map(ask))
            .then((all) => setBetter(all.filter((one) => one.found > 0).sort((a, b) => b.found - a.found)[0] ?? null))
            .catch(() => undefined);
        return () => ending.abort();
    }, [asked]);
    return better;
}
