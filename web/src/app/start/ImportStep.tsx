import { useEffect } from "react";
import upload from "bootstrap-icons/upload.svg";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { can, useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import { iconOf } from "../../plugins/all";
import { texts } from "../language";
import { Link, to } from "../router";
import { askDemo, changeDemo, demoPermission, useDemo } from "./demo";

const t = texts({
    it: { import: "Importa un file", order: "Se hai più file, in quest'ordine si collegano da soli:", or: "Oppure guardati intorno con i dati dimostrativi", demoText: "Migliaia di opportunità, con aziende, prodotti e attività. Si tolgono tutti insieme quando vuoi.", load: "Carica i dati dimostrativi", loading: "I dati dimostrativi stanno arrivando: puoi già andare avanti.", removing: "I dati dimostrativi vengono tolti.", loaded: "I dati dimostrativi ci sono. Li togli dalla riga in alto." },
    en: { import: "Import a file", order: "If you have several files, in this order they link by themselves:", or: "Or look around with made-up data", demoText: "Thousands of opportunities, with companies, products and activities. All of it goes at once, whenever you like.", load: "Load the demo data", loading: "The demo data is on its way: you can go on already.", removing: "The demo data is being removed.", loaded: "The demo data is there. Remove it by the line at the top." },
});

const order = ["directory.account", "directory.contact", "sales.product", "sales.opportunity"];

/** The way in for data: a file, or the demo data where the server has it. */
export function ImportStep() {
    const meta = useMeta();
    const demo = useDemo();
    const isOffered = meta.holds(demoPermission);
    useEffect(() => {
        if (isOffered) void askDemo();
    }, [isOffered]);
    const status = demo?.status;
    const why = status === "failed" && demo?.failure ? [meta.meta.messages[`problem.${demo.failure}`], meta.meta.messages[`problem.${demo.failure}.detail`]].filter(Boolean).join(". ") : "";
    const entities = order.flatMap((name) => meta.entity(name) ?? []).filter((one) => can(one, "import"));
    return (
        <div className="stack">
            <div className="row"><Link className="button primary" href={to("imports/new")}><Icon svg={upload} />{t("import")}</Link></div>
            {entities.length > 1 && (
                <div className="start-order">
                    <span className="muted small">{t("order")}</span>
                    <ol>
                        {entities.map((one) => <li key={one.name}><Link className="button bar" href={to("imports/new", { entity: one.name })}><Icon svg={iconOf(one.name)} />{one.label.many}</Link></li>)}
                    </ol>
                </div>
            )}
            {isOffered && demo && (demo.is_available || status === "loaded") && (
                <div className="start-demo">
                    <div className="grow"><strong>{t("or")}</strong><p className="muted">{t(status === "loaded" || status === "loading" || status === "removing" ? status : "demoText")}</p>{why && <p className="danger-text">{why}</p>}</div>
                    {(status === "none" || status === "failed") && <Button onClick={() => void changeDemo("loading").catch(toastProblem)}>{t("load")}</Button>}
                </div>
            )}
        </div>
    );
}
