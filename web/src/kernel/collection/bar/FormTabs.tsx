import kanban from "bootstrap-icons/kanban.svg";
import list from "bootstrap-icons/list-ul.svg";
import { Icon } from "../../../design/Icon";
import { t } from "./barTexts";

/** The two forms of a collection, side by side. */
export function FormTabs({ form, onForm }: { form: "list" | "board"; onForm: (form: "list" | "board") => void }) {
    return (
        <div className="form-tabs" role="group" aria-label={t("views")}>
            {(["board", "list"] as const).map((one) => (
                <button key={one} type="button" className={one === form ? "form-tab on" : "form-tab"} aria-pressed={one === form} onClick={() => onForm(one)}>
                    <Icon svg={one === "board" ? kanban : list} />
                    {t(one)}
                </button>
            ))}
        </div>
    );
}
