import { useEffect, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { toastProblem } from "../../kernel/records/change";
import { resetAll } from "../../kernel/stream/stream";
import { texts } from "../language";
import { go } from "../router";
import { returnTo, useSession, whoIsSignedIn, type Organization } from "../session";

const t = texts({
    it: {
        title: "Un'altra scheda lavora in un'altra organizzazione", text: "Questa pagina è di {here}, ma in un'altra scheda hai aperto {there}. Quello che hai scritto resta qui.",
        elsewhere: "un'altra organizzazione", comeBack: "Torna a {here}", go: "Apri {there}",
    },
    en: {
        title: "Another tab works in another organization", text: "This page is of {here}, but in another tab you opened {there}. What you typed stays here.",
        elsewhere: "another organization", comeBack: "Come back to {here}", go: "Open {there}",
    },
});

/** The session went to another organization in another tab: come back to this one, or go along. */
export function OtherOrganization() {
    const { organization } = useSession();
    const [other, setOther] = useState<Organization | "unknown" | null>(null);
    const [isBusy, setBusy] = useState(false);
    useEffect(() => {
        const told = () => {
            setOther((known) => known ?? "unknown");
            void whoIsSignedIn().then((found) => found?.organization && found.organization.id !== organization.id && setOther(found.organization));
        };
        window.addEventListener("stratikey-other-organization", told);
        return () => window.removeEventListener("stratikey-other-organization", told);
    }, [organization.id]);
    if (!other) return null;
    const there = other === "unknown" ? t("elsewhere") : other.name;
    const comeBack = () => {
        setBusy(true);
        returnTo(organization.id).then(() => {
            setOther(null);
            window.dispatchEvent(new Event("stratikey-signed-in"));
            resetAll();
        }, toastProblem).finally(() => setBusy(false));
    };
    return (
        <Dialog
            title={t("title")}
            onClose={() => setOther(null)}
            footer={<>
                {other !== "unknown" && <Button onClick={() => go(`/o/${other.slug}`)}>{t("go", { there })}</Button>}
                <Button look="primary" busy={isBusy} onClick={comeBack}>{t("comeBack", { here: organization.name })}</Button>
            </>}
        >
            <p>{t("text", { here: organization.name, there })}</p>
        </Dialog>
    );
}
