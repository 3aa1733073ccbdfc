import { Header } from "../../app/shell/Header";
import type { EntityMeta } from "../meta/types";

export default function Collection({ entity }: { entity: EntityMeta }) {
    return <Header title={entity.label.many} />;
}
