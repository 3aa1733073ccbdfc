import { Button } from "../../design/Button";
import { Empty } from "../../design/Badge";
import { texts } from "../language";

const t = texts({
    it: {
        notMember: "Non fai parte di questa organizzazione",
        notMemberText: "L'indirizzo nomina un'organizzazione che non esiste o di cui non sei membro.",
        fault: "Questa parte della pagina si è fermata",
        faultText: "Quello che hai scritto è conservato. Riprova; se si ripete, ricarica la pagina.",
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
        stopped: "Can't be opened",
        home: "Go to the start",
        retry: "Try again",
        reload: "Reload the page",
    },
});

/** A whole screen, or a part of one, that can't be shown: what happened and what to try. */
export function Trouble({ text, code, onRetry }: { text: string; code: string; onRetry: () => void }) {
    if (code === "not_a_member") {
        return <Empty title={t("notMember")} action={<a className="button" href="/">{t("home")}</a>}>{t("notMemberText")}</Empty>;
    }
    const isFault = code === "client_fault";
    return (
        <Empty
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
