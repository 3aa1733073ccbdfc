import { Button } from "../../design/Button";
import { Empty } from "../../design/Badge";
import { texts } from "../language";

const t = texts({
    it: {
        notMember: "Non fai parte di questa organizzazione",
        notMemberText: "L'indirizzo nomina un'organizzazione che non esiste o di cui non sei membro.",
        fault: "Questa parte della pagina si è fermata",
        faultText: "Quello che hai scritto è conservato. Riprova; se si ripete, ricarica la pagina.",
        stale: "È uscita una nuova versione",
        staleText: "Questa parte appartiene alla versione di prima. Ricarica la pagina: quello che hai scritto è conservato.",
        away: "Questa pagina non è ancora in questo browser",
        awayText: "Senza connessione si apre solo quello che hai già aperto. Riprova quando la connessione torna.",
        stopped: "Non si può aprire",
        home: "Vai all'inizio",
        retry: "Riprova",
        reload: "Ricarica la pagina",
    },
    en: {
        notMember: "You are not in this organization",
        notMemberText: "The address names an organization that does not exist or that you are no member of.",
        fault: "This part of the page has stopped",
        faultText: "What you typed is kept. Try again; if it happens again, reload the page.",
        stale: "There is a new version",
        staleText: "This part belongs to the version before. Reload the page: what you typed is kept.",
        away: "This page is not in this browser yet",
        awayText: "Without a connection only what you have opened before can be opened. Try again when the connection is back.",
        stopped: "Can't be opened",
        home: "Go to the start",
        retry: "Try again",
        reload: "Reload the page",
    },
});

/** A whole screen (`isPage`), or a part of one, that can't be shown: what happened and what to try. */
export function Trouble({ text, code, isPage = false, onRetry }: { text: string; code: string; isPage?: boolean; onRetry: () => void }) {
    if (code === "not_a_member") {
        return <Empty isPage={isPage} title={t("notMember")} action={<a className="button" href="/">{t("home")}</a>}>{t("notMemberText")}</Empty>;
    }
    if (code === "client_stale") {
        const reason = navigator.onLine ? "stale" : "away";
        return <Empty isPage={isPage} title={t(reason)} action={<Button look={navigator.onLine ? "primary" : "plain"} onClick={() => window.location.reload()}>{t("reload")}</Button>}>{t(`${reason}Text`)}</Empty>;
    }
    const isFault = code === "client_fault";
    return (
        <Empty
            isPage={isPage}
            title={t(isFault ? "fault" : "stopped")}
            action={<>
                <Button onClick={onRetry}>{t("retry")}</Button>
                {isFault && <Button look="plain" onClick={() => window.location.reload()}>{t("reload")}</Button>}
            </>}
        >
            {isFault ? t("faultText") : text}
        </Empty>
    );
}
