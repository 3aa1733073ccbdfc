declare module "*.svg" {
    const text: string;
    export default text;
}

/** Filled in by build.mjs. */
declare const process: { env: { NODE_ENV: "production" | "development" } };
