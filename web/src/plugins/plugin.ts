import type { ComponentType } from "react";
import type { EntityMeta } from "../kernel/meta/types";
import type { MetaIndex } from "../kernel/meta/meta";
import type { Moment } from "../kernel/record/timeline/moment";
import type { Row } from "../kernel/records/types";

/** What a plugin shows beyond what metadata says. See docs/web.md. */
export interface PluginScreens {
    /** The plugin's id in `/meta`; where it is off, nothing of this is shown. */
    id: string;
    /** SVG texts by entity. */
    icons?: Record<string, string>;
    /** Entities that are set up rather than worked with: they stand in the settings and not in the navigation. */
    setup?: string[];
    /** What an empty list says, by entity: what will be there and why it is useful. */
    about?: Record<string, () => { title: string; text: string }>;
    /** What a new organization does first, for those who set it up. */
    start?: StartStep[];
    /** Entities whose timeline the server puts together (`GET /{path}/{id}/timeline`); of others it is made of their history. */
    timelines?: string[];
    /** Computed amounts in minor units, by entity: the field, and the money field whose currency they have. */
    amounts?: Record<string, Record<string, string>>;
    screens?: Screen[];
    /** Parts of the record page, by entity. */
    recordParts?: Record<string, RecordPart[]>;
    /** What can be done with a record beyond editing it, by entity; the first that is primary is the page's one primary button. */
    recordActions?: Record<string, RecordAction[]>;
    /** The figures under a record's title, by entity; without them the kernel takes amounts and dates from the forms. */
    recordFigures?: Record<string, (row: Row, entity: EntityMeta) => Figure[]>;
    /** How records of an entity stand on the timelines of those that they refer to. */
    moments?: Record<string, MomentView>;
}

/** One figure under a record's title: «Valore 4.821 $». */
export interface Figure {
    key: string;
    label: string;
    text: string;
    tone?: "warning" | "danger" | "success";
}

/** A record on another one's timeline. */
export interface MomentView {
    /** The instant that gives it its place, where the server does not put the timeline together itself. */
    at: string;
    icon: (record: Row, kind: string) => string;
    /** The sentence, and what is told below it. */
    load: () => Promise<{ default: ComponentType<{ moment: Moment }> }>;
}

/** A page of the plugin's own, at `/o/<slug>/<path>`. */
export interface Screen {
    path: string;
    label: () => string;
    icon: string;
    /** Shown and open only to those who hold it. */
    permission?: string;
    load: () => Promise<{ default: ComponentType }>;
}

/** One of the first steps of a new organization. */
export interface StartStep {
    key: string;
    title: () => string;
    text: () => string;
    permission: string;
    /** Worked out from what the server has. */
    isDone: () => Promise<boolean>;
    load: () => Promise<{ default: ComponentType<{ onDone: () => void }> }>;
}

export interface RecordPart {
    /** Under the title, or at the side under the details. */
    place: "head" | "side";
    /** How high it will be, so that nothing moves when it comes. */
    height?: number;
    /** Entities whose records it shows: they get no related list of their own. */
    covers?: string[];
    load: () => Promise<{ default: ComponentType<{ entity: EntityMeta; row: Row }> }>;
}

export interface RecordAction {
    key: string;
    label: () => string;
    icon: string;
    primary?: boolean;
    danger?: boolean;
    isOffered: (row: Row, entity: EntityMeta, meta: MetaIndex) => boolean;
    /** Does it at once; what it throws is shown. */
    run?: (row: Row, entity: EntityMeta, meta: MetaIndex) => Promise<unknown>;
    /** A dialog that does it; it calls `onClose` when it is through. */
    load?: () => Promise<{ default: ComponentType<{ entity: EntityMeta; row: Row; onClose: () => void }> }>;
}
