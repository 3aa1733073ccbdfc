import { useEffect, useRef, useState, type DragEvent } from "react";
import cloud from "bootstrap-icons/file-earmark-spreadsheet.svg";
import downloadIcon from "bootstrap-icons/download.svg";
import { Header } from "../../app/shell/Header";
import { texts } from "../../app/language";
import { go, Link, setQuery, to, usePlace } from "../../app/router";
import { Progress } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { iconOf, isSetup } from "../../plugins/all";
import { upload } from "../api/client";
import { explain } from "../api/problem";
import { can, useMeta } from "../meta/meta";
import type { EntityMeta } from "../meta/types";
import { faultOf } from "./fileFault";
import { importTexts } from "./importTexts";
import { bytes, sizeLimit } from "./size";
import { Steps } from "./Steps";
import { saveTemplate } from "./template";
import type { ImportDocument } from "./types";

const t = texts({
    it: {
        what: "Che cosa importi", other: "Altro", drop: "Trascina qui il file, o sceglilo", choose: "Scegli il file", formats: "CSV o TSV, anche da Excel con «Salva come CSV». Fino a {size}.",
        sending: "Invio di {file}", reading: "Lettura di {file}", sent: "{done} di {total}", template: "Scarica un modello con le colonne", stop: "Interrompi", retry: "Riprova con {file}",
        hint: "Codifica, separatore e formati delle date si riconoscono da soli. Fino all'ultimo passo non si scrive niente.",
    },
    en: {
        what: "What you import", other: "Other", drop: "Drop the file here, or choose it", choose: "Choose the file", formats: "CSV or TSV, from Excel too by “Save as CSV”. Up to {size}.",
        sending: "Sending {file}", reading: "Reading {file}", sent: "{done} of {total}", template: "Download a template with the columns", stop: "Stop", retry: "Try again with {file}",
        hint: "Encoding, separator and formats of dates are recognized by themselves. Nothing is written before the last step.",
    },
});

/** The first step: what is imported, and the file. */
export function ChooseFile() {
    const meta = useMeta();
    const { query } = usePlace();
    const all = meta.meta.entities.filter((one) => can(one, "import"));
    const main = all.filter((one) => !isSetup(one.name) && one.plugin !== "kernel");
    const order = (one: EntityMeta) => ["sales.opportunity", "directory.account", "directory.contact", "sales.lead", "sales.product", "sales.activity"].indexOf(one.name);
    main.sort((a, b) => ((order(a) + 100) % 100) - ((order(b) + 100) % 100));
    const rest = all.filter((one) => !main.includes(one));
    const entity = all.find((one) => one.name === query.get("entity")) ?? main[0];
    const [sending, setSending] = useState<{ file: File; sent: number } | null>(null);
    const [fault, setFault] = useState<{ text: string; file: File | null } | null>(null);
    const [over, setOver] = useState(false);
    const ending = useRef<AbortController | null>(null);
    const input = useRef<HTMLInputElement>(null);
    useEffect(() => () => ending.current?.abort(), []);
    const send = async (file: File | undefined) => {
        if (!file || !entity || sending) return;
        const wrong = faultOf(file);
        if (wrong) return setFault({ text: wrong, file: null });
        setFault(null);
        setSending({ file, sent: 0 });
        const form = new FormData();
        form.append("entity", entity.name);
        form.append("file", file);
        ending.current = new AbortController();
        try {
            const made = await upload<ImportDocument>("/imports", form, (sent) => setSending({ file, sent }), ending.current.signal);
            go(to(`imports/${made.id}`, { step: "columns" }), true);
        } catch (error) {
            setSending(null);
            if (!(error instanceof DOMException)) setFault({ text: explain(error), file });
        }
    };
    const drop = (event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        void send(event.dataTransfer.files[0]);
    };
    const kind = (one: EntityMeta) => (
        <label key={one.name} className="import-kind">
            <input type="radio" name="entity" className="visually-hidden" checked={one === entity} disabled={!!sending} onChange={() => setQuery({ entity: one.name })} />
            <Icon svg={iconOf(one.name)} />
            <span className="truncate">{one.label.many}</span>
        </label>
    );
    const isReading = sending && sending.sent >= sending.file.size;
    return (
        <>
            <Header title={importTexts("new")} parent={{ label: importTexts("imports"), href: to("imports") }} actions={<Link className="button import-leave" href={to("imports")}>{importTexts("cancel")}</Link>} />
            <Steps now="file" done={[]} open={{}} />
            <div className="page">
                <div className="import-page">
                    <fieldset className="import-kinds">
                        <legend>{t("what")}</legend>
                        <div>
                            {main.map(kind)}
                            {rest.map(kind)}
                        </div>
                    </fieldset>
                    <div className={over ? "import-drop over" : "import-drop"} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
                        <Icon svg={cloud} size={28} />
                        {sending ? (
                            <div className="import-sending" role="status">
                                <p>{t(isReading ? "reading" : "sending", { file: sending.file.name })}</p>
                                <Progress done={sending.sent} total={sending.file.size} label={t("sending", { file: sending.file.name })} />
                                <div className="row"><span className="muted small grow">{t("sent", { done: bytes(sending.sent), total: bytes(sending.file.size) })}</span><Button bar onClick={() => ending.current?.abort()}>{t("stop")}</Button></div>
                            </div>
                        ) : (
                            <>
                                <p>{t("drop")}</p>
                                <Button look="primary" onClick={() => input.current?.click()}>{t("choose")}</Button>
                                <p className="muted small">{t("formats", { size: bytes(sizeLimit) })}</p>
                            </>
                        )}
                        <input ref={input} type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" className="visually-hidden" tabIndex={-1} aria-label={t("choose")} onChange={(event) => { void send(event.target.files?.[0]); event.target.value = ""; }} />
                    </div>
                    {fault && (
                        <div className="import-fault" role="alert">
                            <span>{fault.text}</span>
                            {fault.file && <Button bar onClick={() => void send(fault.file ?? undefined)}>{t("retry", { file: fault.file.name })}</Button>}
                        </div>
                    )}
                    <div className="import-hints">
                        <p className="muted">{t("hint")}</p>
                        {entity && <Button look="plain" bar icon={downloadIcon} onClick={() => saveTemplate(entity)}>{t("template")}</Button>}
                    </div>
                </div>
            </div>
        </>
    );
}
