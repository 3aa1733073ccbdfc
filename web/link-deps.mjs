// Makes node_modules out of links to what Debian's packages installed: tsc and esbuild then find everything by its
// usual name, and no path of this machine gets into the output.
import fs from "node:fs";
import path from "node:path";

const root = path.dirname(new URL(import.meta.url).pathname);
const nodejs = "/usr/share/nodejs";
const links = {
    "@kurkle/color": `${nodejs}/@kurkle/color`,
    "@types/prop-types": `${nodejs}/@types/prop-types`,
    "@types/react": `${nodejs}/@types/react`,
    "@types/react-dom": `${nodejs}/@types/react-dom`,
    "@types/scheduler": `${nodejs}/@types/scheduler`,
    bootstrap: `${nodejs}/bootstrap`,
    "bootstrap-icons": "/usr/share/bootstrap-icons/svg",
    "chart.js": `${nodejs}/chart.js`,
    csstype: `${nodejs}/csstype`,
    "js-tokens": `${nodejs}/js-tokens`,
    "loose-envify": `${nodejs}/loose-envify`,
    "object-assign": `${nodejs}/object-assign`,
    react: `${nodejs}/react`,
    "react-dom": `${nodejs}/react-dom`,
    scheduler: `${nodejs}/scheduler`,
};

/// Lays the links, and names the packages whose files are missing.
export function linkDependencies() {
    const missing = Object.entries(links).filter(([, target]) => !fs.existsSync(target));
    if (missing.length) {
        throw new Error(`Not installed: ${missing.map(([name]) => name).join(", ")}. Run scripts/bootstrap.`);
    }
    for (const [name, target] of Object.entries(links)) {
        const link = path.join(root, "node_modules", name);
        fs.mkdirSync(path.dirname(link), { recursive: true });
        if (fs.lstatSync(link, { throwIfNoEntry: false })) {
            if (fs.readlinkSync(link) === target) continue;
            fs.unlinkSync(link);
        }
        fs.symlinkSync(target, link);
    }
}
