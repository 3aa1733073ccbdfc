import { Header } from "../../app/shell/Header";
import { Trouble } from "../../app/shell/Trouble";
import { to } from "../../app/router";
import { Skeleton } from "../../design/Badge";
import { explain, Problem } from "../api/problem";
import { useMeta } from "../meta/meta";
import { NotFound } from "../../app/shell/NotFound";
import { importTexts } from "./importTexts";
import { ImportWizard } from "./ImportWizard";
import { Steps } from "./Steps";
import { useImport } from "./useImport";

/** One import, at the step where it stands. */
export function ImportPage({ id }: { id: string }) {
    const meta = useMeta();
    const { document, problem, take, reload } = useImport(id);
    if (problem instanceof Problem && problem.status === 404) return <NotFound />;
    if (problem && !document) return <><Header title={importTexts("imports")} /><Trouble text={explain(problem)} code="" onRetry={reload} /></>;
    const entity = document ? meta.entity(document.entity) : undefined;
    if (document && !entity) return <NotFound />;
    if (document && entity) return <ImportWizard document={document} entity={entity} take={take} />;
    return (
        <>
            <Header title="" parent={{ label: importTexts("imports"), href: to("imports") }} />
            <Steps now="columns" done={["file"]} open={{}} />
            <div className="page" aria-busy="true"><div className="import-page">{[300, 918, 918, 918, 918, 918].map((width, index) => <Skeleton key={index} width={width} height={index ? 28 : 14} />)}</div></div>
        </>
    );
}
