import { usePlace } from "../../app/router";
import { ChooseFile } from "./ChooseFile";
import { ImportPage } from "./ImportPage";
import { ImportsList } from "./ImportsList";

/** What was imported, a new import, or one of them. */
export default function ImportsPage() {
    const { parts: [, id] } = usePlace();
    if (!id) return <ImportsList />;
    return id === "new" ? <ChooseFile /> : <ImportPage key={id} id={id} />;
}
