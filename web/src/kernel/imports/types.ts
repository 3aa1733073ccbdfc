import type { Value } from "../records/types";

export type ImportStatus = "analysed" | "checking" | "checked" | "running" | "done" | "failed" | "undoing" | "undone";

export interface Counts {
    create: number;
    update: number;
    skip: number;
    error: number;
}

/** An import as the list shows it. */
export interface ImportSummary {
    id: string;
    status: ImportStatus;
    entity: string;
    file_name: string;
    file_size: number;
    encoding: string;
    separator: string;
    has_header: boolean;
    rows: number;
    progress: { done: number; total: number };
    counts: Counts;
    failure: string | null;
    created_by: string;
    created_at: string;
    started_at: string | null;
    finished_at: string | null;
    file_removed_at: string | null;
}

/** The whole of an import. */
export interface ImportDocument extends ImportSummary {
    columns: FileColumn[];
    mapping: Mapping | null;
    unmatched: UnmatchedValue[];
    errors: RowFault[];
    kept: { id: string; label: string; reason: string }[];
}

/** What the server found in a column of the file. */
export interface FileColumn {
    column: string;
    samples: string[];
    kind: string;
    format: string | null;
    ambiguous: boolean;
    alternatives: string[];
    empty: number;
    proposal: { field: string; match_by?: string; multiplier?: number; aliases?: Record<string, string>; score: number } | null;
}

export interface RowFault {
    line: number | null;
    column: string | null;
    value: string | null;
    code: string;
    message: string;
}

export interface UnmatchedValue {
    column: string;
    value: string;
    count: number;
    proposals: { id: string; label: string; score: number }[];
}

export type OnMatch = "create" | "update" | "skip";
export type Unmatched = "error" | "empty" | "create";

/** What the columns mean, as it is put. */
export interface Mapping {
    key?: string;
    on_match?: OnMatch;
    columns: MappedColumn[];
    constants?: Record<string, Value>;
}

export interface MappedColumn {
    column: string;
    field: string | null;
    match_by?: string;
    format?: string;
    /** What the file's numbers count: thousands, millions. */
    multiplier?: number;
    aliases?: Record<string, string | null>;
    unmatched?: Unmatched;
}
