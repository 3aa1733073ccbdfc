import { useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import { texts } from "../language";
import { usePlace } from "../router";
import { askDemo, changeDemo, demoPermission, useDemo } from "./demo";

const t = texts({
    it: { text: "Questi sono dati dimostrativi.", remove: "Rimuovi", going: "I dati dimostrativi vengono tolti.", title: "Togliere i dati dimostrativi?", what: "Vanno via tutti insieme: aziende, contatti, prodotti e opportunità dimostrative. Quello che hai creato o cambiato tu resta.", keep: "Tienili", really: "Rimuovi i dati dimostrativi" },
    en: { text: "This is demo data.", remove: "Remove", going: "The demo data is being removed.", title: "Remove the demo data?", what: "All of it goes at once: the companies, contacts, products and opportunities of the demo. What you have created or changed stays.", keep: "Keep it", really: "Remove the demo data" },
});

/** Says over every page that the data is for trying out, and takes it away. */
export function DemoBanner() {
    const status = useDemo()?.status;
    const meta = useMeta();
    const { slug } = usePlace();
    const [asks, setAsks] = useState(false);
    const isAdmin = meta.holds(demoPermission);
    useEffect(() => {
        if (isAdmin) void askDemo();
    }, [slug, isAdmin]);
    if (status !== "loaded" && status !== "removing") return null;
    return (
        <div className="demo-banner" role="status">
            <span>{t(status === "loaded" ? "text" : "going")}</span>
            {status === "loaded" && <Button bar onClick={() => setAsks(true)}>{t("remove")}</Button>}
            {asks && (
                <Dialog title={t("title")} onClose={() => setAsks(false)} footer={<>
                    <Button onClick={() => setAsks(false)}>{t("keep")}</Button>
                    <Button look="danger" onClick={() => { setAsks(false); changeDemo("removing").catch(toastProblem); }}>{t("really")}</Button>
                </>}>
                    <p>{t("what")}</p>
                </Dialog>
            )}
        </div>
    );
}
