import { useEffect } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import x from "bootstrap-icons/x-lg.svg";
import { texts } from "../../app/language";
import { Button, IconButton } from "../../design/Button";
import { Field } from "../../design/Field";
import { Menu } from "../../design/Menu";
import { FieldInput } from "../fields/FieldInput";
import { unreadFields } from "../fields/unread";
import { api } from "../api/client";
import { useMeta } from "../meta/meta";
import type { EntityMeta, FieldMeta } from "../meta/types";
import type { Row } from "../records/types";
import { fillable, missing, type Plan } from "./plan";

const t = texts({
    it: { title: "Uguale per tutte le righe", text: "Un valore che il file non ha e che vale per ogni riga, come la pipeline o il responsabile.", add: "Aggiungi un valore", remove: "Togli {label}", needed: "{labels}: senza un valore le righe non passano." },
    en: { title: "The same for every row", text: "A value that the file lacks and that holds for every row, such as the pipeline or the owner.", add: "Add a value", remove: "Remove {label}", needed: "{labels}: rows don't pass without a value." },
});

/** Values that every row gets. */
export function Constants({ entity, plan, onChange }: { entity: EntityMeta; plan: Plan; onChange: (next: Partial<Plan>) => void }) {
    const meta = useMeta();
    const mapped = new Set(Object.values(plan.columns).map((one) => one.target?.split(".")[0]));
    const free = fillable(entity).filter((one) => !mapped.has(one.key) && !(one.key in plan.constants) && !["address", "time_windows", "currency"].includes(one.kind) && !one.rules.unique);
    const chosen = Object.keys(plan.constants).flatMap((key) => fillable(entity).find((one) => one.key === key && !key.endsWith("_currency")) ?? []);
    const lacking = missing(entity, plan);
    const unknown = chosen.filter((one) => one.kind === "reference" && plan.constants[one.key] && !plan.included[one.key]);
    const asked = unknown.map((one) => one.key).join();
    useEffect(() => {
        for (const one of unknown) {
            const path = one.reference ? meta.entity(one.reference.entity)?.path : undefined;
            if (path) api.get<Row>(`/${path}/${String(plan.constants[one.key])}`).then((row) => onChange({ included: { ...plan.included, [one.key]: row } })).catch(() => undefined);
        }
    }, [asked]);
    const add = (field: FieldMeta) => onChange({ constants: { ...plan.constants, [field.key]: null } });
    const remove = (field: FieldMeta) => onChange({ constants: Object.fromEntries(Object.entries(plan.constants).filter(([key]) => key !== field.key && key !== `${field.key}_currency`)) });
    return (
        <section className="import-section" aria-labelledby="import-constants">
            <h2 id="import-constants">{t("title")}</h2>
            <p className="muted small">{t("text")}</p>
            {lacking.length > 0 && <p className="warning-text" role="status">{t("needed", { labels: lacking.map((one) => one.label).join(", ") })}</p>}
            <div className="import-constants">
                {chosen.map((field) => (
                    <div key={field.key} className="import-constant">
                        <Field label={field.label}>
                            <FieldInput
                                field={field}
                                value={plan.constants[field.key] ?? null}
                                target={plan.included[field.key] ?? null}
                                onEdit={({ set, included }) => onChange({ constants: { ...plan.constants, ...set, ...Object.fromEntries(unreadFields(entity, set).map((one) => [one.field, null])) }, included: { ...plan.included, ...(included ? { [field.key]: Object.values(included)[0] ?? null } : {}) } })}
                            />
                        </Field>
                        <IconButton look="plain" icon={x} label={t("remove", { label: field.label })} onClick={() => remove(field)} />
                    </div>
                ))}
            </div>
            {free.length > 0 && (
                <div>
                    <Menu label={t("add")} entries={[...lacking, ...free.filter((one) => !lacking.includes(one))].map((one) => ({ key: one.key, label: one.label, onSelect: () => add(one) }))}>
                        <Button bar icon={plus}>{t("add")}</Button>
                    </Menu>
                </div>
            )}
        </section>
    );
}
