import { useState } from "react";
import { Button } from "../../design/Button";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import { offerUndo } from "../../kernel/records/undo";
import type { Page, Row } from "../../kernel/records/types";
import { texts } from "../language";
import { SheetWaiting } from "./SheetWaiting";
import { useSession } from "../session";
import { RoleDialog } from "./RoleDialog";
import { roleName } from "./roleName";

const words = texts({
    it: { text: "Ogni ruolo concede permessi con un'estensione. I ruoli di partenza si copiano; i tuoi si modificano qui.", add: "Nuovo ruolo", permission: "Permesso", none: "—", own: "Propri", team: "Team", all: "Tutti", edit: "Modifica", copy: "Copia", changed: "{role}: {permission}", grant: "{permission} per {role}" },
    en: { text: "Each role grants permissions with an extent. Built-in roles are copied; your own are changed here.", add: "New role", permission: "Permission", none: "—", own: "Own", team: "Team", all: "All", edit: "Edit", copy: "Copy", changed: "{role}: {permission}", grant: "{permission} for {role}" },
});

export type Extent = "none" | "own" | "team" | "all";

interface Matrix {
    roles: { id: string; key: string | null; name: string }[];
    permissions: { permission: string; plugin: string; label: string; scopes: Record<string, Extent> }[];
}

export const extentLabel = (extent: Extent) => words(extent);

/** The matrix of roles and permissions; custom roles are changed in place. */
export function RolesPage() {
    const meta = useMeta();
    const session = useSession();
    const matrix = useLoaded<Matrix>("/roles/matrix");
    const roles = useLoaded<Page>("/roles", { limit: 200 });
    const [dialog, setDialog] = useState<{ role: Row | null; copies?: Row } | null>(null);
    const canWrite = meta.holds("roles.write");
    const isCustom = (id: string) => matrix.data?.roles.find((one) => one.id === id)?.key === null;
    const reload = () => {
        matrix.reload();
        roles.reload();
    };
    const row = (id: string) => roles.data?.data.find((one) => one.id === id);
    const grant = async (id: string, permission: string, extent: Extent) => {
        const role = row(id);
        if (!role) return;
        const before = role["grants"] as unknown as { permission: string; scope: Extent }[];
        const after = [...before.filter((one) => one.permission !== permission), ...(extent === "none" ? [] : [{ permission, scope: extent }])];
        try {
            await api.patch(`/roles/${id}`, { grants: after });
            reload();
            const label = matrix.data?.permissions.find((one) => one.permission === permission)?.label ?? "";
            offerUndo(words("changed", { role: String(role["name"]), permission: label }), async () => {
                await api.patch(`/roles/${id}`, { grants: before });
                reload();
            });
            if (id === session.profile.role?.id) await session.reload();
        } catch (error) {
            toastProblem(error);
            reload();
        }
    };
    const plugins = [...new Set(matrix.data?.permissions.map((one) => one.plugin))];
    return (
        <section className="full">
            <div className="page-actions">
                <p className="muted grow">{words("text")}</p>
                {canWrite && <Button look="primary" onClick={() => setDialog({ role: null })}>{words("add")}</Button>}
            </div>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet matrix">
                    <thead>
                        <tr>
                            <th scope="col">{words("permission")}</th>
                            {matrix.data?.roles.map((role) => (
                                <th key={role.id} scope="col">
                                    <div>{roleName(role, meta)}</div>
                                    {canWrite && role.key !== "org_admin" && (
                                        <Button bar look="plain" aria-label={`${words(isCustom(role.id) ? "edit" : "copy")}: ${roleName(role, meta)}`} onClick={() => setDialog(isCustom(role.id) ? { role: row(role.id) ?? null } : { role: null, ...(row(role.id) ? { copies: row(role.id) as Row } : {}) })}>
                                            {words(isCustom(role.id) ? "edit" : "copy")}
                                        </Button>
                                    )}
                                </th>
                            ))}
                        </tr>
                    </thead>
                    {!matrix.data && <tbody><SheetWaiting problem={matrix.problem} onRetry={matrix.reload} columns={1} lines={12} /></tbody>}
                    {plugins.map((plugin) => (
                        <tbody key={plugin}>
                            <tr><th scope="rowgroup" colSpan={(matrix.data?.roles.length ?? 0) + 1}>{meta.message(`plugin.${plugin}`)}</th></tr>
                            {matrix.data?.permissions.filter((one) => one.plugin === plugin).map((one) => (
                                <tr key={one.permission}>
                                    <td>{one.label}</td>
                                    {matrix.data?.roles.map((role) => {
                                        const extent = one.scopes[role.id] ?? "none";
                                        return (
                                            <td key={role.id}>
                                                {canWrite && isCustom(role.id) ? (
                                                    <select className="input bar" aria-label={words("grant", { permission: one.label, role: role.name })} value={extent} onChange={(event) => void grant(role.id, one.permission, event.target.value as Extent)}>
                                                        {(["none", "own", "team", "all"] as const).map((each) => <option key={each} value={each}>{words(each)}</option>)}
                                                    </select>
                                                ) : <span className={extent === "none" ? "muted" : ""}>{words(extent)}</span>}
                                            </td>
                                        );
                                    })}
                                </tr>
                            ))}
                        </tbody>
                    ))}
                </table>
            </div>
            {dialog && <RoleDialog {...dialog} onClose={() => setDialog(null)} onSaved={reload} />}
        </section>
    );
}
