export type Value = string | number | boolean | null | { [key: string]: Value } | Value[];

/** A record as the API gives it; with `include=` the records that it refers to stand beside. */
export interface Row {
    id: string;
    type: string;
    version: number;
    [key: string]: Value | Row | undefined;
}

/** One page of a list. */
export interface Page<Item = Row> {
    data: Item[];
    page: { limit: number; next: string | null; previous: string | null; total: number | null; estimated: boolean };
}
