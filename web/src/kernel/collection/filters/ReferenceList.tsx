import { useEffect, useRef, useState } from "react";
import { Avatar, Dot } from "../../../design/Badge";
import { api } from "../../api/client";
import { isPerson, stageTone } from "../../fields/FieldValue";
import { labelOf } from "../../meta/label";
import { useMeta } from "../../meta/meta";
import type { FieldMeta } from "../../meta/types";
import { records } from "../../records/cache";
import type { Page, Row } from "../../records/types";
import { PickList, type PickOption } from "../PickList";

interface Props {
    field: FieldMeta;
    chosen: string[];
    onChange: (ids: string[]) => void;
}

/** Several of the records that a reference can name: those chosen first, then those that fit what is typed. */
export function ReferenceList({ field, chosen, onChange }: Props) {
    const meta = useMeta();
    const entity = field.reference ? meta.entity(field.reference.entity) : undefined;
    const [text, setText] = useState("");
    const [found, setFound] = useState<Row[] | null>(null);
    const atFirst = useRef(chosen);
    useEffect(() => {
        if (!entity) return setFound([]);
        const ending = new AbortController();
        const timer = setTimeout(() => {
            const sort = entity.fields.some((one) => one.key === "position") ? { sort: "position" } : {};
            api.get<Page>(`/${entity.path}`, { limit: 50, ...sort, ...(text.trim() ? { q: text.trim() } : {}) }, ending.signal)
                .then(({ data }) => setFound(data.map((row) => records.put(row))))
                .catch(() => !ending.signal.aborted && setFound([]));
        }, text ? 150 : 0);
        return () => {
            clearTimeout(timer);
            ending.abort();
        };
    }, [entity, text]);
    const first = text ? [] : atFirst.current.map((id) => records.get(id)).filter((row): row is Row => !!row);
    const rows = found && [...first, ...found.filter((row) => !first.some((one) => one.id === row.id))];
    const option = (row: Row): PickOption => {
        const label = labelOf(row, entity);
        const before = isPerson(field) ? <Avatar name={label} /> : field.key === "stage_id" ? <Dot tone={stageTone(row)} /> : undefined;
        return { value: row.id, label, ...(before ? { before } : {}) };
    };
    return (
        <PickList
            label={field.label}
            options={rows && rows.map(option)}
            checked={new Set(chosen)}
            onPick={(id) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])}
            {...(entity?.searchable ? { onText: setText } : {})}
        />
    );
}
