import { useEffect, useState } from "react";
import cloudSlash from "bootstrap-icons/cloud-slash.svg";
import checkCircle from "bootstrap-icons/check-circle.svg";
import exclamation from "bootstrap-icons/exclamation-triangle.svg";
import { Icon } from "../../design/Icon";
import { instant } from "../../kernel/format/format";
import { useKeptEdits } from "../../kernel/records/outbox";
import { texts } from "../language";
import { KeptEditsDialog } from "./KeptEditsDialog";
import { useConnection } from "./connection";

const t = texts({
    it: {
        show: "Mostra",
        offline: "Senza connessione: le modifiche restano qui e partono da sole quando torna",
        silent: "Il server non risponde: le modifiche restano qui e partono appena risponde",
        back: "Di nuovo in linea", sent: { one: "{count} modifica inviata", other: "{count} modifiche inviate" },
        since: "Dati del {at}", waiting: { one: "{count} modifica in attesa", other: "{count} modifiche in attesa" }, refused: { one: "{count} modifica non accettata", other: "{count} modifiche non accettate" },
    },
    en: {
        show: "Show",
        offline: "No connection: changes stay here and are sent by themselves when it is back",
        silent: "The server does not answer: changes stay here and are sent as soon as it does",
        back: "Back online", sent: { one: "{count} change sent", other: "{count} changes sent" },
        since: "Data as of {at}", waiting: { one: "{count} change waiting", other: "{count} changes waiting" }, refused: { one: "{count} change not accepted", other: "{count} changes not accepted" },
    },
});

/** A thin bar at the foot while the connection is lost: what is kept, when it will be sent; it says when all is well again. */
export function OfflineBar() {
    const { connection, sent, since } = useConnection();
    const edits = useKeptEdits();
    const [isOpen, setOpen] = useState(false);
    const faults = edits.filter((one) => one.fault).length;
    const isAway = connection === "offline" || connection === "silent";
    const isShown = connection !== "fine" || edits.length > 0;
    useEffect(() => {
        document.documentElement.toggleAttribute("data-connection-bar", isShown);
        return () => document.documentElement.removeAttribute("data-connection-bar");
    }, [isShown]);
    const words = connection === "fine" ? (faults ? t("refused", { count: faults }) : t("waiting", { count: edits.length })) : connection === "back" ? [t("back"), sent ? t("sent", { count: sent }) : ""].filter(Boolean).join(" · ") : t(connection);
    return (
        <>
            <div className="connection-bar" role="status" data-state={isShown ? connection : "none"} hidden={!isShown}>
                {isShown && <Icon svg={connection === "back" ? checkCircle : isAway ? cloudSlash : exclamation} />}
                {isShown && <span className="connection-words">{words}</span>}
                {isAway && since && <span className="muted connection-since">{t("since", { at: instant(since) })}</span>}
                {isShown && edits.length > 0 && (
                    <button type="button" className="connection-edits" onClick={() => setOpen(true)}>
                        {isAway || connection === "back" ? t("waiting", { count: edits.length }) : t("show")}
                    </button>
                )}
            </div>
            {isOpen && <KeptEditsDialog onClose={() => setOpen(false)} />}
        </>
    );
}
