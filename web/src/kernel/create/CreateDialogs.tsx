import { lazy, Suspense, useEffect, useState } from "react";
import { can, useMeta } from "../meta/meta";
import { onOpenCreate, type CreateRequest } from "./openCreate";

const CreateDialog = lazy(() => import("./CreateDialog"));

/** Where the dialogs that `openCreate` asks for are shown, one above the other; stands once in the shell. */
export function CreateDialogs() {
    const meta = useMeta();
    const [open, setOpen] = useState<(CreateRequest & { key: number })[]>([]);
    useEffect(() => {
        let next = 1;
        return onOpenCreate((request) => setOpen((before) => [...before, { ...request, key: next++ }]));
    }, []);
    return (
        <Suspense fallback={null}>
            {open.map(({ key, ...request }, index) => {
                const entity = meta.entity(request.entity);
                if (!entity || !can(entity, "create")) return null;
                return <CreateDialog key={key} entity={entity} request={request} depth={index} onClose={() => setOpen((before) => before.filter((one) => one.key !== key))} />;
            })}
        </Suspense>
    );
}
