import { useState } from "react";
import personPlus from "bootstrap-icons/person-plus.svg";
import three from "bootstrap-icons/three-dots.svg";
import { Avatar, Badge } from "../../design/Badge";
import { Button, IconButton } from "../../design/Button";
import { Menu, type MenuEntry } from "../../design/Menu";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { instantDate } from "../../kernel/format/format";
import { useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import type { Page, Row } from "../../kernel/records/types";
import { texts } from "../language";
import { SheetWaiting } from "./SheetWaiting";
import { useSession } from "../session";
import { InvitationsList } from "./InvitationsList";
import { InviteDialog } from "./InviteDialog";
import { RemoveMemberDialog } from "./RemoveMemberDialog";
import { roleName } from "./roleName";
import { t } from "./texts";
import { WhyDialog } from "./WhyDialog";

const words = texts({
    it: { invite: "Invita persone", search: "Cerca per nome o e-mail", suspend: "Sospendi", lift: "Riammetti", remove: "Rimuovi…", why: "Perché può farlo…", active: "Attivo", suspended: "Sospeso", removed: "Rimosso", joined: "Dal", actions: "Azioni per {name}", you: "Tu" },
    en: { invite: "Invite people", search: "Search by name or e-mail", suspend: "Suspend", lift: "Let in again", remove: "Remove…", why: "Why can they…", active: "Active", suspended: "Suspended", removed: "Removed", joined: "Since", actions: "Actions for {name}", you: "You" },
});

/** The people of the organization: their roles, suspension, removal; invitations below. */
export function MembersPage() {
    const meta = useMeta();
    const session = useSession();
    const [search, setSearch] = useState("");
    const [inviting, setInviting] = useState(false);
    const [removing, setRemoving] = useState<Row | null>(null);
    const [asking, setAsking] = useState<Row | null>(null);
    const members = useLoaded<Page>("/members", { limit: 200, include: "role", sort: "name", "status[ne]": "removed", ...(search.trim() ? { q: search.trim() } : {}) });
    const roles = useLoaded<Page>(meta.holds("roles.read") ? "/roles" : null, { limit: 200 });
    const [round, setRound] = useState(0);
    const mayAssign = meta.holds("roles.assign") || meta.holds("users.write");
    const act = (work: Promise<unknown>) => work.then(members.reload, toastProblem);
    const entries = (member: Row): MenuEntry[] => [
        { key: "why", label: words("why"), onSelect: () => setAsking(member) },
        ...(meta.holds("users.revoke") && member.id !== session.memberId ? [
            member["status"] === "suspended"
                ? { key: "lift", label: words("lift"), onSelect: () => void act(api.delete(`/members/${member.id}/suspension`)) }
                : { key: "suspend", label: words("suspend"), onSelect: () => void act(api.post(`/members/${member.id}/suspension`, {})) },
            { key: "remove", label: words("remove"), danger: true, onSelect: () => setRemoving(member) },
        ] : []),
    ];
    return (
        <section>
            <div className="page-actions">
                <input className="input settings-search" type="search" aria-label={words("search")} placeholder={words("search")} value={search} onChange={(event) => setSearch(event.target.value)} />
                <span className="grow" />
                {meta.holds("users.invite") && <Button look="primary" icon={personPlus} onClick={() => setInviting(true)}>{words("invite")}</Button>}
            </div>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet">
                    <thead><tr><th scope="col">{t("name")}</th><th scope="col">{t("role")}</th><th scope="col">{t("status")}</th><th scope="col">{words("joined")}</th><td /></tr></thead>
                    <tbody>
                        {!members.data && <SheetWaiting problem={members.problem} onRetry={members.reload} columns={5} lines={8} />}
                        {members.data?.data.map((member) => {
                            const name = String(member["name"]);
                            const role = member["role"] as Row | null;
                            return (
                                <tr key={member.id} data-record-id={member.id}>
                                    <td><span className="person"><Avatar name={name} large /><span className="truncate"><span className="truncate">{name}{member.id === session.memberId && <span className="muted"> · {words("you")}</span>}</span><span className="small muted truncate" style={{ display: "block" }}>{String(member["email"] ?? "")}</span></span></span></td>
                                    <td>
                                        {mayAssign && roles.data && member.id !== session.memberId ? (
                                            <select className="input bar" aria-label={`${t("role")}: ${name}`} value={String(member["role_id"])} onChange={(event) => void act(api.patch(`/members/${member.id}`, { role_id: event.target.value }))}>
                                                {roles.data.data.map((one) => <option key={one.id} value={one.id}>{roleName(one, meta)}</option>)}
                                            </select>
                                        ) : role ? roleName(role, meta) : "—"}
                                    </td>
                                    <td><Badge tone={member["status"] === "active" ? "success" : "danger"}>{words(member["status"] as "active")}</Badge></td>
                                    <td className="wide-only">{instantDate(member["joined_at"] as string)}</td>
                                    <td className="end"><Menu entries={entries(member)} label={words("actions", { name })} align="end"><IconButton bar look="plain" icon={three} label={words("actions", { name })} /></Menu></td>
                                </tr>
                            );
                        })}
                    </tbody>
                </table>
            </div>
            {meta.entity("tenancy.invitation") && <InvitationsList key={round} />}
            {inviting && <InviteDialog onClose={() => setInviting(false)} onInvited={() => setRound((one) => one + 1)} />}
            {removing && <RemoveMemberDialog member={removing} onClose={() => setRemoving(null)} onRemoved={members.reload} />}
            {asking && <WhyDialog member={asking} onClose={() => setAsking(null)} />}
        </section>
    );
}
