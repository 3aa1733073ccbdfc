// What unit tests use of Node's own runner.
declare module "node:test" {
    export default function test(name: string, run: () => void | Promise<void>): void;
}

declare module "node:assert/strict" {
    interface Assert {
        equal(actual: unknown, expected: unknown, message?: string): void;
        deepEqual(actual: unknown, expected: unknown, message?: string): void;
        ok(value: unknown, message?: string): asserts value;
        throws(run: () => unknown): void;
        rejects(run: () => Promise<unknown>): Promise<void>;
    }
    const assert: Assert;
    export default assert;
}
