import { useEffect, useRef, useState } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { toast } from "../../design/Toast";
import { resetAll } from "../../kernel/stream/stream";
import { texts } from "../language";
import { returnTo, useSession, whoIsSignedIn } from "../session";

const t = texts({
    it: {
        title: "La sessione è finita", text: "Quello che hai scritto resta qui. Accedi nell'altra scheda: questa pagina riprende da sola.",
        again: "Accedi di nuovo", waiting: "In attesa dell'accesso…", back: "Accesso ripreso", other: "Nell'altra scheda è entrata un'altra persona: questa pagina si ricarica.", later: "Resta sulla pagina",
    },
    en: {
        title: "Your session has ended", text: "What you typed stays here. Log in again in another tab: this page carries on by itself.",
        again: "Log in again", waiting: "Waiting for you to log in…", back: "Logged in again", other: "Another person has logged in meanwhile: this page is being reloaded.", later: "Stay on the page",
    },
});

/** The session ended while someone was at work: the page stays, and goes on as soon as they have logged in elsewhere. */
export function SessionEnded() {
    const { profile, organization } = useSession();
    const [isEnded, setEnded] = useState(false);
    const [isOpen, setOpen] = useState(false);
    const [isWaiting, setWaiting] = useState(false);
    const login = useRef<Window | null>(null);
    useEffect(() => {
        const ended = () => {
            setEnded(true);
            setOpen(true);
        };
        window.addEventListener("stratikey-signed-out", ended);
        return () => window.removeEventListener("stratikey-signed-out", ended);
    }, []);
    useEffect(() => {
        if (!isEnded) return;
        let isAsking = false;
        const look = async () => {
            if (isAsking) return;
            isAsking = true;
            const found = await whoIsSignedIn();
            isAsking = false;
            if (!found) return;
            if (found.user.id !== profile.user.id) {
                toast({ text: t("other") });
                window.location.reload();
                return;
            }
            if (found.organization?.id !== organization.id) await returnTo(organization.id).catch(() => undefined);
            login.current?.close();
            setEnded(false);
            setOpen(false);
            setWaiting(false);
            toast({ text: t("back"), kind: "success" });
            window.dispatchEvent(new Event("stratikey-signed-in"));
            resetAll();
        };
        const timer = isWaiting ? setInterval(() => void look(), 2000) : undefined;
        const focus = () => void look();
        window.addEventListener("focus", focus);
        return () => {
            clearInterval(timer);
            window.removeEventListener("focus", focus);
        };
    }, [isEnded, isWaiting, profile.user.id, organization.id]);
    if (!isOpen) return null;
    const begin = () => {
        login.current = window.open(`/login?next=${encodeURIComponent(`/o/${organization.slug}`)}`, "_blank");
        setWaiting(true);
    };
    return (
        <Dialog
            title={t("title")}
            onClose={() => setOpen(false)}
            footer={<>
                <Button look="plain" onClick={() => setOpen(false)}>{t("later")}</Button>
                <Button look="primary" onClick={begin}>{t("again")}</Button>
            </>}
        >
            <p>{t("text")}</p>
            <p className="muted" role="status">{isWaiting ? t("waiting") : ""}</p>
        </Dialog>
    );
}
