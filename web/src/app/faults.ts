import { explain, Problem } from "../kernel/api/problem";
import { toast } from "../design/Toast";
import { texts } from "./language";

const t = texts({
    it: { fault: "Qualcosa non è andato: {reason}", stale: "È uscita una nuova versione: ricarica la pagina per continuare.", reload: "Ricarica" },
    en: { fault: "Something went wrong: {reason}", stale: "There is a new version: reload the page to go on.", reload: "Reload" },
});

/** A part of the client that is fetched late and is not there any more: a newer version took its place. */
export const isStale = (error: unknown): boolean => error instanceof TypeError && /dynamically imported module|module script failed/i.test(error.message);

/** Whatever fails without anyone having expected it is said, once. */
export function reportStrayFaults() {
    let last = "";
    window.addEventListener("unhandledrejection", (event) => {
        const error: unknown = event.reason;
        if (error instanceof DOMException && error.name === "AbortError") return;
        if (error instanceof Problem && (error.status === 401 || error.code === "organization_mismatch")) return;
        const reason = explain(error);
        if (reason === last) return;
        last = reason;
        setTimeout(() => (last = ""), 5000);
        if (isStale(error)) toast({ text: t("stale"), action: { label: t("reload"), run: () => window.location.reload() } });
        else toast({ text: error instanceof Problem ? reason : t("fault", { reason }), kind: "danger" });
    });
}
