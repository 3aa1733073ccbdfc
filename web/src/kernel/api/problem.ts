/** One field that the server refused. */
export interface FieldProblem {
    field: string;
    code: string;
    message: string;
    expected?: string;
}

/** What the server answered instead of what was asked (RFC 9457), or that it could not be reached: `status` 0. */
export class Problem extends Error {
    readonly status: number;
    readonly code: string;
    readonly title: string;
    readonly detail: string;
    readonly errors: FieldProblem[];
    /** The whole document: `current` and `changed` of a 412, `allowed` of a 409. */
    readonly body: Record<string, unknown>;

    constructor(status: number, body: Record<string, unknown>) {
        const text = (key: string) => (typeof body[key] === "string" ? (body[key] as string) : "");
        super(text("detail") || text("title") || `HTTP ${status}`);
        this.status = status;
        this.code = text("code");
        this.title = text("title");
        this.detail = text("detail");
        this.errors = Array.isArray(body["errors"]) ? (body["errors"] as FieldProblem[]) : [];
        this.body = body;
    }

    get isOffline(): boolean {
        return this.status === 0;
    }

    /** What is wrong with that field, in words. */
    fault(field: string): string | undefined {
        return this.errors.find((error) => error.field === field)?.message;
    }
}

/** The sentence to show for whatever was thrown. */
export function explain(error: unknown): string {
    if (error instanceof Problem) {
        const fields = error.errors.map((one) => one.message).filter(Boolean);
        return fields.length ? fields.join(" ") : error.message;
    }
    return error instanceof Error ? error.message : String(error);
}
