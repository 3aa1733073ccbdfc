// Lays the links to the libraries and type-checks the client, its worker and its unit tests.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { linkDependencies } from "./link-deps.mjs";

const root = path.dirname(new URL(import.meta.url).pathname);
linkDependencies();
const projects = ["tsconfig.json", ...(fs.existsSync(path.join(root, "src/worker")) && fs.readdirSync(path.join(root, "src/worker")).length ? ["tsconfig.worker.json"] : [])];
const codes = projects.map((project) => spawnSync("tsc", ["-p", project], { cwd: root, stdio: "inherit" }).status);
process.exit(codes.every((code) => code === 0) ? 0 : 1);
