import plus from "bootstrap-icons/plus-lg.svg";
import upload from "bootstrap-icons/upload.svg";
import { texts } from "../../app/language";
import { Link, to } from "../../app/router";
import { Empty } from "../../design/Badge";
import { Button } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { aboutOf, iconOf } from "../../plugins/all";
import { openCreate } from "../create/openCreate";
import { can } from "../meta/meta";
import type { EntityMeta } from "../meta/types";

const t = texts({
    it: { title: "{many}: ancora niente", text: "Quello che crei o importi compare qui, per chi ha il permesso di vederlo.", readOnly: "Quando ci saranno dati che puoi vedere, compariranno qui.", create: "Crea {one}", import: "Importa da un file" },
    en: { title: "{many}: nothing yet", text: "What you create or import shows up here, for those who may see it.", readOnly: "As soon as there is data that you may see, it shows up here.", create: "Create {one}", import: "Import from a file" },
});

/** A list without records: what will be here, why it is useful, and how to fill it. */
export function EmptyCollection({ entity }: { entity: EntityMeta }) {
    const about = aboutOf(entity.name);
    const canCreate = can(entity, "create");
    const canImport = can(entity, "import");
    const one = entity.label.one.charAt(0).toLowerCase() + entity.label.one.slice(1);
    return (
        <Empty
            icon={<Icon svg={iconOf(entity.name)} size={28} />}
            title={about?.title ?? t("title", { many: entity.label.many })}
            action={(canCreate || canImport) && <>
                {canCreate && <Button icon={plus} onClick={() => openCreate(entity.name)}>{t("create", { one })}</Button>}
                {canImport && <Link className="button" href={to("imports/new", { entity: entity.name })}><Icon svg={upload} />{t("import")}</Link>}
            </>}
        >
            {canCreate || canImport ? about?.text ?? t("text") : t("readOnly")}
        </Empty>
    );
}
