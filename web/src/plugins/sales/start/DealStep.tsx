import plus from "bootstrap-icons/plus-lg.svg";
import { texts } from "../../../app/language";
import { Link, to } from "../../../app/router";
import { Button } from "../../../design/Button";
import { openCreate } from "../../../kernel/create/openCreate";

const t = texts({
    it: { create: "Crea un'opportunità", board: "Vai alla bacheca" },
    en: { create: "Create an opportunity", board: "Go to the board" },
});

/** The first opportunity, made in the same dialog as any other. */
export default function DealStep({ onDone }: { onDone: () => void }) {
    return (
        <div className="row">
            <Button look="primary" icon={plus} onClick={() => openCreate("sales.opportunity", undefined, onDone)}>{t("create")}</Button>
            <Link className="button" href={to("opportunities")}>{t("board")}</Link>
        </div>
    );
}
