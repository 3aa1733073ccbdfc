import { useEffect, useState } from "react";
import chevron from "bootstrap-icons/chevron-down.svg";
import { setQuery, usePlace } from "../../app/router";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { Menu } from "../../design/Menu";
import { api } from "../api/client";
import { labelOf } from "../meta/label";
import { useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import type { Page, Row } from "../records/types";
import { parentField } from "./columns";
import { boardChoice } from "./settings";
import { t } from "./texts";

/** Where the columns are parted, as stages are by their pipeline, the chip that says which part is shown; nothing where there is one part only. */
export function BoardParent({ entity }: { entity: EntityMeta }) {
    const meta = useMeta();
    const place = usePlace();
    const { grouping } = boardChoice(entity, place.query);
    const parent = grouping && parentField(entity, grouping, meta);
    const path = parent?.reference?.path;
    const [rows, setRows] = useState<Row[]>([]);
    useEffect(() => {
        if (!path) return setRows([]);
        const ending = new AbortController();
        api.get<Page>(`/${path}`, { limit: 200 }, ending.signal).then((page) => setRows(page.data)).catch(() => undefined);
        return () => ending.abort();
    }, [path]);
    // Once it is chosen it is a filter like any other, with its own chip.
    if (!parent || rows.length < 2 || place.query.has(parent.key)) return null;
    const chosen = rows.find((row) => row["is_default"] === true) ?? rows[0];
    const entries = rows.map((row) => ({ key: row.id, label: labelOf(row), checked: row.id === chosen?.id, onSelect: () => setQuery({ [parent.key]: row.id }) }));
    return (
        <Menu label={parent.label} entries={entries}>
            <Button bar look="tinted">{t("pipeline", { label: parent.label, name: labelOf(chosen) })}<Icon svg={chevron} size={11} /></Button>
        </Menu>
    );
}
