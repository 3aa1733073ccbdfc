import { useEffect, useRef, useState } from "react";
import { Link } from "../../../app/router";
import type { Area, BarData, BarPicture } from "./bars";

export interface BarLink {
    key: string;
    href: string;
    /** What the bar says: shown above it, read out. */
    title: string;
    lines: string[];
}

/** Bars with a link over each: it says what the bar stands for and opens the rows behind it, by keyboard too. */
export function BarChart({ data, links, label }: { data: BarData; links: BarLink[]; label: string }) {
    const canvas = useRef<HTMLCanvasElement>(null);
    const picture = useRef<BarPicture | null>(null);
    const latest = useRef(data);
    const [area, setArea] = useState<Area | null>(null);
    latest.current = data;
    useEffect(() => {
        let isGone = false;
        const told = (next: Area) => setArea((former) => (former && former.left === next.left && former.right === next.right && former.bottom === next.bottom ? former : next));
        void import("./bars").then(({ drawBars }) => {
            if (isGone || !canvas.current) return;
            picture.current = drawBars(canvas.current, latest.current, told);
        });
        const recolour = () => picture.current?.colour();
        const theme = new MutationObserver(recolour);
        theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "style"] });
        const system = window.matchMedia("(prefers-color-scheme: dark)");
        system.addEventListener("change", recolour);
        return () => {
            isGone = true;
            theme.disconnect();
            system.removeEventListener("change", recolour);
            picture.current?.destroy();
            picture.current = null;
        };
    }, []);
    useEffect(() => picture.current?.show(data), [data]);
    const width = area ? (area.right - area.left) / Math.max(1, links.length) : 0;
    return (
        <div className="bar-chart">
            <canvas ref={canvas} aria-hidden="true" />
            {area && (
                <ul className="bar-links" role="list" aria-label={label}>
                    {links.map((link, at) => (
                        <li key={link.key} style={{ left: area.left + at * width, width, top: area.top, height: area.bottom - area.top }}>
                            <Link href={link.href} aria-label={[link.title, ...link.lines].join(", ")}>
                                <span className={at > links.length / 2 ? "bar-tip leftward" : "bar-tip"} aria-hidden="true"><strong>{link.title}</strong>{link.lines.map((line) => <span key={line}>{line}</span>)}</span>
                            </Link>
                        </li>
                    ))}
                </ul>
            )}
        </div>
    );
}
