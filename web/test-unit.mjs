// Runs the client's unit tests: each is bundled by esbuild and run by Node's own test runner.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { linkDependencies } from "./link-deps.mjs";

const root = path.dirname(new URL(import.meta.url).pathname);
const folder = path.join(root, "tests/unit");
const into = path.join(root, ".cache/unit");
linkDependencies();
fs.rmSync(into, { recursive: true, force: true });
const tests = fs.readdirSync(folder).filter((name) => name.endsWith(".test.ts")).map((name) => path.join("tests/unit", name));
const built = spawnSync("esbuild", [
    ...tests, "--bundle", "--platform=node", "--format=esm", "--jsx=automatic", "--preserve-symlinks", "--loader:.svg=text", "--sourcemap=inline",
    `--outdir=${into}`, "--out-extension:.js=.mjs", "--log-level=warning",
    // What a page has and Node (of Debian 12) has not: the language of the document, a place, and random numbers.
    "--banner:js=import { webcrypto as nodesOwn } from 'node:crypto'; globalThis.crypto ??= nodesOwn; globalThis.document ??= { documentElement: { lang: 'it', dataset: {} } }; globalThis.window ??= { addEventListener() {}, location: { pathname: '/o/x', search: '' } };",
], { cwd: root, stdio: "inherit" });
if (built.status !== 0) process.exit(1);
const files = fs.readdirSync(into).map((name) => path.join(into, name));
process.exit(spawnSync("node", ["--test", ...files], { stdio: "inherit" }).status ?? 1);
