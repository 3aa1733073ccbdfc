import signpost from "bootstrap-icons/signpost-split.svg";
import { Empty } from "../../design/Badge";
import { Icon } from "../../design/Icon";
import { texts } from "../language";
import { Link, to } from "../router";
import { Header } from "./Header";

const t = texts({
    it: { title: "Pagina non trovata", text: "Qui non c'è niente, oppure il tuo ruolo non lo mostra.", home: "Vai all'inizio" },
    en: { title: "Page not found", text: "There is nothing here, or your role does not show it.", home: "Go to the start" },
});

export function NotFound() {
    return <><Header title={t("title")} /><Empty icon={<Icon svg={signpost} size={28} />} title={t("title")} action={<Link className="button" href={to("")}>{t("home")}</Link>}>{t("text")}</Empty></>;
}
