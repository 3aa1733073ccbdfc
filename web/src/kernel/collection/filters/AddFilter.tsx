import { useRef, useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import braces from "bootstrap-icons/braces-asterisk.svg";
import { texts } from "../../../app/language";
import { useShortcuts } from "../../../app/shell/keys";
import { Button } from "../../../design/Button";
import { Floating } from "../../../design/Floating";
import { Icon } from "../../../design/Icon";
import { field } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { PickList } from "../PickList";
import { asksOf, isFilterable, isWhole, type Clause } from "./clauses";
import { ClauseEditor } from "./ClauseEditor";

const t = texts({ it: { add: "Filtro", choose: "Campo da filtrare", advanced: "Filtro avanzato…", where: "Elenco" }, en: { add: "Filter", choose: "Field to filter", advanced: "Advanced filter…", where: "List" } });

interface Props {
    entity: EntityMeta;
    /** Puts a clause among the filters, or in the place of the one that was just put there. */
    onAdd: (clause: Clause, former: Clause | null) => void;
    onAdvanced: () => void;
}

/** «+ Filtro»: first the field, then what is asked of it. */
export function AddFilter({ entity, onAdd, onAdvanced }: Props) {
    const [open, setOpen] = useState(false);
    const [draft, setDraft] = useState<Clause | null>(null);
    const added = useRef<Clause | null>(null);
    const anchor = useRef<HTMLButtonElement>(null);
    const chosen = draft && field(entity, draft.field);
    const start = () => {
        added.current = null;
        setDraft(null);
        setOpen(!open);
    };
    const close = () => {
        setOpen(false);
        anchor.current?.focus();
    };
    const edit = (next: Clause) => {
        setDraft(next);
        if (!isWhole(next)) return;
        onAdd(next, added.current);
        added.current = next;
    };
    useShortcuts([{ keys: "f", label: t("add"), where: t("where"), run: start }]);
    const fields = entity.fields.filter(isFilterable);
    return (
        <>
            <Button bar look="plain" icon={plus} innerRef={anchor} aria-haspopup="dialog" aria-expanded={open} title={`${t("add")} (F)`} onClick={start}>{t("add")}</Button>
            {open && (
                <Floating anchor={anchor} onClose={() => setOpen(false)} role="dialog" label={t("choose")} className="filter-panel">
                    {draft && chosen ? <ClauseEditor field={chosen} clause={draft} onChange={edit} onDone={close} /> : (
                        <>
                            <PickList
                                label={t("choose")}
                                options={[...fields.filter((one) => !one.standard), ...fields.filter((one) => one.standard)].map((one) => ({ value: one.key, label: one.label }))}
                                onPick={(key) => {
                                    const one = field(entity, key);
                                    const ask = one && asksOf(one)[0];
                                    if (!one || !ask) return;
                                    const clause: Clause = { field: key, ask, values: [] };
                                    if (isWhole(clause)) edit(clause);
                                    else setDraft(clause);
                                }}
                            />
                            <hr className="menu-line" />
                            <button type="button" className="menu-item" onClick={() => {
                                setOpen(false);
                                onAdvanced();
                            }}><Icon svg={braces} />{t("advanced")}</button>
                        </>
                    )}
                </Floating>
            )}
        </>
    );
}
