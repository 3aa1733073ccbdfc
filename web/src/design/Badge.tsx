import type { ReactNode } from "react";

export type Tone = "plain" | "success" | "warning" | "danger" | "info" | "accent";

/** A word on a soft ground. */
export function Badge({ tone = "plain", children, icon }: { tone?: Tone; children: ReactNode; icon?: ReactNode }) {
    return <span className={`badge ${tone}`}>{icon}{children}</span>;
}

/** A state: a dot and a word, since colour is never alone. */
export function Dot({ tone = "plain", children }: { tone?: Tone; children?: ReactNode }) {
    return <span className="dotted"><span className={`dot ${tone}`} aria-hidden="true" />{children !== undefined && <span className="truncate">{children}</span>}</span>;
}

/** A person's initials on a ground that is always the same for the same name. */
export function Avatar({ name, large }: { name: string; large?: boolean }) {
    const words = name.trim().split(/\s+/);
    const initials = ((words[0]?.[0] ?? "") + (words.length > 1 ? words[words.length - 1]?.[0] ?? "" : "")).toUpperCase();
    let sum = 0;
    for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) >>> 0;
    return <span className={`avatar hue-${sum % 8}${large ? " large" : ""}`} aria-hidden="true" title={name}>{initials || "?"}</span>;
}

/** In the shape of what is to come, while it comes. */
export function Skeleton({ width, height = 12 }: { width?: number | string; height?: number }) {
    return <span className="skeleton" style={{ width: width ?? "100%", height }} aria-hidden="true" />;
}

/** What will be here, why it is useful, and the one action that fills it. */
export function Empty({ title, children, action, icon, isPage }: { title: string; children?: ReactNode; action?: ReactNode; icon?: ReactNode; isPage?: boolean }) {
    const Title = isPage ? "h1" : "h2";
    return (
        <div className="empty">
            {icon && <div className="empty-icon">{icon}</div>}
            <Title>{title}</Title>
            {children && <p className="muted">{children}</p>}
            {action && <div className="row">{action}</div>}
        </div>
    );
}

/** How much of something longer is done. */
export function Progress({ done, total, label }: { done: number; total: number; label: string }) {
    const share = total > 0 ? Math.min(1, done / total) : 0;
    return (
        <div className="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}>
            <div style={{ transform: `scaleX(${share})` }} />
        </div>
    );
}
