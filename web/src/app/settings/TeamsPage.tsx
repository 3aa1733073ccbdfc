import { useState } from "react";
import people from "bootstrap-icons/people.svg";
import { Avatar, Empty } from "../../design/Badge";
import { Button } from "../../design/Button";
import { useLoaded } from "../../kernel/api/useLoaded";
import { useMeta } from "../../kernel/meta/meta";
import type { Page, Row } from "../../kernel/records/types";
import { Icon } from "../../design/Icon";
import { texts } from "../language";
import { SheetWaiting } from "./SheetWaiting";
import { TeamDialog } from "./TeamDialog";

const words = texts({
    it: { add: "Nuovo team", edit: "Modifica", empty: "Ancora nessun team", emptyText: "I responsabili di un team vedono i record dei suoi membri e dei team sotto.", members: { one: "{count} persona", other: "{count} persone" }, manager: "Responsabile" },
    en: { add: "New team", edit: "Edit", empty: "No team yet", emptyText: "The managers of a team see the records of its members and of the teams below.", members: { one: "{count} person", other: "{count} people" }, manager: "Manager" },
});

export interface TeamMember {
    member_id: string;
    is_manager: boolean;
}

export const teamMembers = (team: Row): TeamMember[] => (Array.isArray(team["members"]) ? (team["members"] as unknown as TeamMember[]) : []);

/** The teams as a tree, with who manages them. */
export function TeamsPage() {
    const meta = useMeta();
    const teams = useLoaded<Page>("/teams", { limit: 200, sort: "name" });
    const members = useLoaded<Page>(meta.holds("users.read") ? "/members" : null, { limit: 200, sort: "name", "status[ne]": "removed" });
    const [editing, setEditing] = useState<Row | "new" | null>(null);
    const all = teams.data?.data ?? [];
    const canWrite = meta.holds("teams.write");
    const name = (id: string) => String(members.data?.data.find((one) => one.id === id)?.["name"] ?? "");
    const line = (team: Row) => {
        const own = teamMembers(team);
        const managers = own.filter((one) => one.is_manager).map((one) => name(one.member_id)).filter(Boolean);
        return (
            <div className="tree-line">
                <Icon svg={people} />
                <strong>{String(team["name"])}</strong>
                {managers.map((one) => <span key={one} className="person" title={words("manager")}><Avatar name={one} />{one}</span>)}
                <span className="muted">{words("members", { count: own.length })}</span>
                <span className="grow" />
                {canWrite && <Button bar look="plain" aria-label={`${words("edit")}: ${String(team["name"])}`} onClick={() => setEditing(team)}>{words("edit")}</Button>}
            </div>
        );
    };
    const known = new Set(all.map((team) => team.id));
    const branch = (parent: string | null) => {
        const below = all.filter((team) => (parent === null ? !team["parent_id"] || !known.has(String(team["parent_id"])) : team["parent_id"] === parent));
        if (!below.length) return null;
        return <ul className="tree">{below.map((team) => <li key={team.id}>{line(team)}{branch(team.id)}</li>)}</ul>;
    };
    const add = canWrite && <Button look="primary" onClick={() => setEditing("new")}>{words("add")}</Button>;
    return (
        <section>
            {teams.data && !all.length
                ? <Empty icon={<Icon svg={people} size={28} />} title={words("empty")} action={add}>{words("emptyText")}</Empty>
                : <><div className="page-actions"><p className="muted grow">{words("emptyText")}</p>{add}</div>{teams.data ? branch(null) : <table className="sheet"><tbody><SheetWaiting problem={teams.problem} onRetry={teams.reload} columns={1} /></tbody></table>}</>}
            {editing && (
                <TeamDialog
                    team={editing === "new" ? null : editing}
                    teams={all}
                    members={members.data?.data ?? []}
                    onClose={() => setEditing(null)}
                    onSaved={teams.reload}
                />
            )}
        </section>
    );
}
