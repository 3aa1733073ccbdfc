import { useState } from "react";
import { texts } from "../../app/language";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { explain } from "../api/problem";
import * as format from "../format/format";
import { labelOf } from "../meta/label";
import { changeRecord, type Conflict } from "../records/change";
import { chosenMine, disagreements, type Disagreement } from "./conflictFields";
import { useNamed } from "./named";
import { ChangedValue } from "./timeline/ChangedValue";
import type { EntityMeta } from "../meta/types";

const t = texts({
    it: {
        title: "{name}: qualcuno ha salvato prima",
        by: "{who} ha salvato gli stessi campi {when}, mentre li modificavi. Scegli che cosa resta.",
        someone: "Un'altra persona",
        mine: "Il tuo valore",
        theirs: "Il valore salvato",
        before: "Prima era",
        save: "Salva le scelte",
        keep: "Tieni tutto com'è",
        allMine: "Tutti i tuoi",
        allTheirs: "Tutti quelli salvati",
    },
    en: {
        title: "{name}: someone saved first",
        by: "{who} saved the same fields {when}, while you were editing them. Choose what stays.",
        someone: "Someone else",
        mine: "Your value",
        theirs: "The saved value",
        before: "Before it was",
        save: "Save the choices",
        keep: "Leave all as it is",
        allMine: "All of yours",
        allTheirs: "All of the saved ones",
    },
});

/** Someone saved the same fields first: each is decided by who edits, nothing is overwritten unseen. */
export default function ConflictDialog({ conflict, onClose }: { conflict: Conflict; onClose: () => void }) {
    const { entity, current, mine } = conflict;
    const fields = disagreements(conflict);
    const [mineKeys, setMineKeys] = useState<ReadonlySet<string>>(new Set(fields.map((one) => one.key)));
    const [busy, setBusy] = useState(false);
    const [fault, setFault] = useState<string>();
    const by = useNamed("kernel.member", typeof current["updated_by"] === "string" ? current["updated_by"] : null);
    const choose = (key: string, isMine: boolean) => {
        const next = new Set(mineKeys);
        if (isMine) next.add(key);
        else next.delete(key);
        setMineKeys(next);
    };
    const save = async () => {
        const set = chosenMine(mine, mineKeys);
        if (!Object.keys(set).length) return onClose();
        setBusy(true);
        try {
            await changeRecord(entity, current, set, { before: current });
            onClose();
        } catch (error) {
            setFault(explain(error));
            setBusy(false);
        }
    };
    const who = typeof by?.["name"] === "string" ? by["name"] : t("someone");
    const footer = (
        <>
            <span className="grow"><Button look="plain" onClick={onClose}>{t("keep")}</Button></span>
            <Button look="primary" type="submit" busy={busy}>{t("save")}</Button>
        </>
    );
    return (
        <Dialog title={t("title", { name: labelOf(current, entity) })} onClose={onClose} onSubmit={() => void save()} footer={footer} wide>
            <div className="stack">
                <p>{t("by", { who, when: format.relative(String(current["updated_at"] ?? "")) })}</p>
                {fault && <p className="create-fault" role="alert">{fault}</p>}
                {fields.length > 1 && (
                    <div className="row">
                        <Button bar onClick={() => setMineKeys(new Set(fields.map((one) => one.key)))}>{t("allMine")}</Button>
                        <Button bar onClick={() => setMineKeys(new Set())}>{t("allTheirs")}</Button>
                    </div>
                )}
                {fields.map((one) => <ConflictField key={one.key} entity={entity} field={one} isMine={mineKeys.has(one.key)} onChoose={(isMine) => choose(one.key, isMine)} />)}
            </div>
        </Dialog>
    );
}

function ConflictField({ entity, field, isMine, onChoose }: { entity: EntityMeta; field: Disagreement; isMine: boolean; onChoose: (isMine: boolean) => void }) {
    const name = `conflict-${field.key}`;
    return (
        <fieldset className="choices" data-field={field.key}>
            <legend>{field.label}</legend>
            <div className="conflict-sides">
                <label className={isMine ? "choice chosen" : "choice"}>
                    <input type="radio" name={name} checked={isMine} onChange={() => onChoose(true)} />
                    <span className="grow"><span className="small muted conflict-side">{t("mine")}</span><ChangedValue entity={entity} change={field.mine} side="to" /></span>
                </label>
                <label className={isMine ? "choice" : "choice chosen"}>
                    <input type="radio" name={name} checked={!isMine} onChange={() => onChoose(false)} />
                    <span className="grow"><span className="small muted conflict-side">{t("theirs")}</span><ChangedValue entity={entity} change={field.theirs} side="to" /></span>
                </label>
            </div>
            <p className="small muted">{t("before")} <ChangedValue entity={entity} change={field.theirs} side="from" /></p>
        </fieldset>
    );
}
