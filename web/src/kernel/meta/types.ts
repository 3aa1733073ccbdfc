/** `/meta`, as the server writes it: what screens are built from. */
export interface Meta {
    language: string;
    plugins: { id: string; label: string; version: number; optional: boolean }[];
    entities: EntityMeta[];
    navigation: { id: string; label: string; items: { id: string; label: string; entities: string[] }[] }[];
    /** Permission to scope (own, team, all), those that the caller holds. */
    permissions: Record<string, "own" | "team" | "all">;
    messages: Record<string, string>;
}

export type OperationName = "list" | "get" | "create" | "update" | "delete" | "restore" | "aggregate" | "export" | "history" | "transition" | "bulk" | "import";

export interface EntityMeta {
    name: string;
    plugin: string;
    path: string;
    label: { one: string; many: string };
    permissions: { read: string; write: string };
    operations: OperationName[];
    owner_field: string | null;
    searchable: boolean;
    fields: FieldMeta[];
    states: { field: string; transitions: Record<string, string[]>; needs_reason: string[] } | null;
    logged_fields: string[];
    views: ViewMeta[];
}

export type FieldKind =
    | "text" | "long_text" | "integer" | "money" | "currency" | "percent" | "boolean" | "choice" | "date" | "instant"
    | "email" | "phone" | "url" | "address" | "time_windows" | "reference" | "json" | "ids";

export type Operator = "eq" | "ne" | "lt" | "lte" | "gt" | "gte" | "in" | "not_in" | "null" | "contains" | "starts_with" | "within" | "in_team";

export interface FieldMeta {
    key: string;
    kind: FieldKind;
    label: string;
    /** One of every entity's: created_at, updated_by and the like. */
    standard: boolean;
    rules: { required: boolean; unique: boolean; read_only: boolean; immutable: boolean; min: number | null; max: number | null };
    default: { value: unknown } | { from: "organization_currency" | "caller" | "now" } | null;
    /** Whether the caller may write it. */
    writable: boolean;
    operators: Operator[];
    sortable_by_index: boolean;
    searchable: boolean;
    choices?: { value: string; label: string }[];
    /** `path` is null where the caller may not go; `inverse` names the other way of a reference to its own kind. */
    reference?: { entity: string; path: string | null; include: string | null; inverse?: string };
    import_names?: string[];
}

export interface ViewMeta {
    form: "list" | "board" | "calendar" | "timeline" | "form";
    fields: string[];
    group_by: string | null;
    sort: string | null;
    title: string | null;
}
