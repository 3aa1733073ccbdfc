/** One line of the command menu. */
export interface Command {
    key: string;
    label: string;
    icon: string;
    /** Further words under which it is found. */
    words?: string;
    aside?: string;
    /** The keys that do the same. */
    keys?: string;
    /** `aside`: beside the list instead of as a page. */
    run: (where: { aside: boolean }) => void;
    /** Whether it can be opened at the side. */
    opensAside?: boolean;
}

export interface CommandGroup {
    key: string;
    label: string;
    commands: Command[];
}
