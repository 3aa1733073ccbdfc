// Builds the client into dist/: scripts, one style sheet, the font, the shells, and brotli and gzip beside each file.
//     node build.mjs [--watch | --plain] [FOLDER]   (--plain: unminified and uncompressed; --watch: so too, again on every change)
import { execFileSync, spawnSync } from "node:child_process";
import crypto from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { linkDependencies } from "./link-deps.mjs";

const root = path.dirname(new URL(import.meta.url).pathname);
const watch = process.argv.includes("--watch");
const plain = watch || process.argv.includes("--plain");
const folder = process.argv.slice(2).find((word) => !word.startsWith("--"));
const dist = folder ? path.resolve(folder) : path.join(root, "dist");
const cache = path.join(root, ".cache");

const within = (...parts) => path.join(root, ...parts);
const digest = (bytes) => crypto.createHash("sha256").update(bytes).digest("base64url").slice(0, 10).toUpperCase().replace(/[-_]/g, "0");

/// Every style sheet in one, tokens first: a screen that is loaded late finds its styles there.
function styleEntry() {
    const found = [];
    const walk = (folder) => {
        for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
            const file = path.join(folder, entry.name);
            if (entry.isDirectory()) walk(file);
            else if (entry.name.endsWith(".css")) found.push(path.relative(root, file));
        }
    };
    for (const folder of ["design", "kernel", "app", "plugins", "vendor"]) {
        if (fs.existsSync(within("src", folder))) walk(within("src", folder));
    }
    const order = ["src/design/tokens.css", "src/design/base.css"];
    const rest = found.filter((file) => !order.includes(file)).sort();
    return ["bootstrap.css", ...order, ...rest.sort((a, b) => Number(b.startsWith("src/design/")) - Number(a.startsWith("src/design/")))];
}

function cached(name, inputs, make) {
    const key = digest(JSON.stringify(inputs));
    const file = path.join(cache, `${key}-${name}`);
    if (!fs.existsSync(file)) {
        fs.mkdirSync(cache, { recursive: true });
        make(`${file}.new`);
        fs.renameSync(`${file}.new`, file);
    }
    return file;
}

/// Inter in its Latin part, upright, weights 400 to 600.
function font() {
    const source = "/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf";
    const recipe = fs.readFileSync(within("font.py"), "utf8");
    return cached("inter.woff2", [fs.statSync(source).size, recipe], (target) => {
        // Debian's own Python has the font tools; another one that comes first in PATH has not.
        execFileSync("/usr/bin/python3", [within("font.py"), source, target], { stdio: ["ignore", "ignore", "inherit"] });
    });
}

function bootstrap() {
    const scss = fs.readFileSync(within("src/design/bootstrap.scss"), "utf8");
    return cached("bootstrap.css", [scss, "5.2"], (target) => {
        execFileSync("sassc", ["--style", "compressed", "--load-path", within("node_modules"), within("src/design/bootstrap.scss"), target]);
    });
}

function esbuild(args) {
    const result = spawnSync("esbuild", args, { cwd: root, encoding: "utf8" });
    if (result.status !== 0) throw new Error(result.stderr || String(result.error));
}

function scripts(into) {
    const meta = path.join(cache, "meta.json");
    fs.mkdirSync(cache, { recursive: true });
    esbuild([
        "src/app/main.tsx", ...(fs.existsSync(within("src/vendor/main.tsx")) ? ["src/vendor/main.tsx"] : []),
        "--bundle", "--splitting", "--format=esm", "--target=es2021", "--jsx=automatic", "--preserve-symlinks",
        `--define:process.env.NODE_ENV="${watch ? "development" : "production"}"`, "--loader:.svg=text",
        ...(watch ? ["--sourcemap"] : plain ? [] : ["--minify"]),
        "--entry-names=[dir]-[hash]", "--chunk-names=[name]-[hash]", "--outbase=src", `--outdir=${into}/assets`, `--metafile=${meta}`,
        "--log-level=warning",
    ]);
    const outputs = JSON.parse(fs.readFileSync(meta, "utf8")).outputs;
    const entries = {};
    for (const [file, output] of Object.entries(outputs)) {
        if (!output.entryPoint?.endsWith("/main.tsx") || file.endsWith(".map")) continue;
        const name = output.entryPoint.split("/")[1];
        const eager = output.imports.filter((one) => one.kind === "import-statement").map((one) => path.basename(one.path));
        entries[name] = { script: path.basename(file), eager, late: reached(outputs, file).filter((one) => !eager.includes(one) && one !== path.basename(file)) };
    }
    return entries;
}

/// Every script that a page may fetch sooner or later.
function reached(outputs, entry) {
    const found = new Set([entry]);
    for (const file of found) {
        for (const one of outputs[file]?.imports ?? []) if (outputs[one.path]) found.add(one.path);
    }
    return [...found].map((file) => path.basename(file));
}

function stylesheet(name, content) {
    const source = path.join(root, `.${name}.entry.css`);
    fs.writeFileSync(source, content);
    const out = path.join(cache, `${name}.css`);
    try {
        esbuild([source, "--bundle", "--external:*.woff2", ...(plain ? [] : ["--minify"]), `--outfile=${out}`, "--target=es2021,chrome100,safari15,firefox100", "--log-level=warning"]);
    } finally {
        fs.unlinkSync(source);
    }
    return fs.readFileSync(out);
}

function emit(into, name, bytes) {
    const extension = path.extname(name);
    const hashed = `assets/${path.basename(name, extension)}-${digest(bytes)}${extension}`;
    fs.writeFileSync(path.join(into, hashed), bytes);
    return `/${hashed}`;
}

function shell(template, replacements) {
    return Object.entries(replacements).reduce((text, [key, value]) => text.replaceAll(`{{${key}}}`, value), template);
}

function compress(folder) {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) compress(file);
        else if (!/\.(woff2|png|br|gz)$/.test(entry.name)) {
            const bytes = fs.readFileSync(file);
            if (bytes.length < 256) continue;
            fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }));
            fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
        }
    }
}

function build() {
    const start = Date.now();
    linkDependencies();
    fs.mkdirSync(path.dirname(dist), { recursive: true });
    const into = fs.mkdtempSync(path.join(path.dirname(dist), ".dist-"));
    try {
        fs.chmodSync(into, 0o755);
        fs.mkdirSync(path.join(into, "assets"));
        const entries = scripts(into);
        const manifest = { "inter.woff2": emit(into, "inter.woff2", fs.readFileSync(font())), "icon.svg": emit(into, "icon.svg", fs.readFileSync(within("src/app/icon.svg"))) };
        const face = `@font-face{font-family:Inter;src:url("${manifest["inter.woff2"]}") format("woff2");font-weight:400 600;font-display:swap}\n`;
        const sheets = styleEntry().map((file) => `@import "${file === "bootstrap.css" ? bootstrap() : `./${file}`}";`).join("\n");
        manifest["app.css"] = emit(into, "app.css", Buffer.concat([Buffer.from(face), stylesheet("app", sheets)]));
        const publicSheet = fs.existsSync(within("src/public/public.css")) ? `@import "./src/public/public.css";` : `@import "./src/design/tokens.css";`;
        manifest["public.css"] = emit(into, "public.css", Buffer.concat([Buffer.from(face), stylesheet("public", publicSheet)]));
        for (const [name, entry] of Object.entries(entries)) {
            const html = shell(fs.readFileSync(within(`src/${name}/index.html`), "utf8"), {
                css: manifest["app.css"], icon: manifest["icon.svg"], font: manifest["inter.woff2"], script: `/assets/${entry.script}`,
                preload: entry.eager.map((file) => `<link rel="modulepreload" href="/assets/${file}">`).join("\n        "),
            });
            fs.writeFileSync(path.join(into, name === "app" ? "index.html" : `${name}.html`), html);
        }
        fs.writeFileSync(path.join(into, "manifest.json"), JSON.stringify(manifest, null, 4));
        const webmanifest = JSON.parse(fs.readFileSync(within("src/app/app.webmanifest"), "utf8"));
        webmanifest.icons = [{ src: manifest["icon.svg"], sizes: "any", type: "image/svg+xml" }];
        fs.writeFileSync(path.join(into, "app.webmanifest"), JSON.stringify(webmanifest));
        worker(into, entries, manifest);
        if (!plain) compress(into);
        const former = `${dist}.former`;
        fs.rmSync(former, { recursive: true, force: true });
        if (fs.existsSync(dist)) fs.renameSync(dist, former);
        fs.renameSync(into, dist);
        fs.rmSync(former, { recursive: true, force: true });
    } catch (error) {
        fs.rmSync(into, { recursive: true, force: true });
        throw error;
    }
    console.log(`Built the client in ${((Date.now() - start) / 1000).toFixed(1)} s.`);
}

/// The service worker, with the names of what the shell needs.
function worker(into, entries, manifest) {
    if (!fs.existsSync(within("src/worker/main.ts"))) return;
    const shellFiles = entries.app ? [`/assets/${entries.app.script}`, ...entries.app.eager.map((file) => `/assets/${file}`)] : [];
    const files = [...shellFiles, manifest["app.css"], manifest["inter.woff2"], manifest["icon.svg"]];
    const late = (entries.app?.late ?? []).map((file) => `/assets/${file}`);
    esbuild([
        "src/worker/main.ts", "--bundle", "--format=iife", "--target=es2021", ...(plain ? [] : ["--minify"]),
        `--define:SHELL_FILES=${JSON.stringify(files)}`, `--define:LATE_FILES=${JSON.stringify(late)}`, `--define:SHELL_VERSION=${JSON.stringify(digest([...files, ...late].join()))}`,
        `--outfile=${into}/sw.js`, "--log-level=warning",
    ]);
}

if (watch) {
    const attempt = () => { try { build(); } catch (error) { console.error(String(error.message ?? error)); } };
    attempt();
    let waiting = null;
    const changed = () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
            follow(within("src"));
            attempt();
        }, 80);
    };
    // Folder by folder: Debian's Node can't watch a tree.
    const followed = new Set();
    const follow = (folder) => {
        if (!followed.has(folder)) fs.watch(folder, changed).on("error", () => followed.delete(folder));
        followed.add(folder);
        for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
            if (entry.isDirectory()) follow(path.join(folder, entry.name));
        }
    };
    follow(within("src"));
} else {
    build();
}
