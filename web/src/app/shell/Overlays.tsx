import { CreateDialogs } from "../../kernel/create/CreateDialogs";

/** What floats above every page: the command menu, the list of keys, the offline bar, work in progress, conflicts. */
export function Overlays() {
    return (
        <>
            <CreateDialogs />
        </>
    );
}
