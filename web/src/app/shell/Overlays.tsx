import { CreateDialogs } from "../../kernel/create/CreateDialogs";
import { Conflicts } from "../../kernel/record/Conflicts";
import { WorkCards } from "./WorkCards";
import { CommandMenu } from "./CommandMenu";
import { OfflineBar } from "./OfflineBar";
import { OtherOrganization } from "./OtherOrganization";
import { SessionEnded } from "./SessionEnded";
import { Shortcuts } from "./Shortcuts";

/** What floats above every page: the command menu, the list of keys, the offline bar, work in progress, conflicts. */
export function Overlays() {
    return (
        <>
            <CommandMenu />
            <OfflineBar />
            <SessionEnded />
            <OtherOrganization />
            <Shortcuts />
            <CreateDialogs />
            <Conflicts />
            <WorkCards />
        </>
    );
}
