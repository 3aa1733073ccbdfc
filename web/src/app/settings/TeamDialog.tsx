import { useMemo } from "react";
import { Button } from "../../design/Button";
import { Dialog } from "../../design/Dialog";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import type { Row } from "../../kernel/records/types";
import { offerUndo } from "../../kernel/records/undo";
import { texts } from "../language";
import { t } from "./texts";
import { teamMembers } from "./TeamsPage";
import { useForm } from "./useForm";

const words = texts({
    it: { new: "Nuovo team", edit: "Modifica team", parent: "Sotto", top: "Nessuno", territory: "Zona", members: "Chi ne fa parte", manager: "Responsabile", belongs: "{name} ne fa parte", manages: "{name} è responsabile", removed: "Team «{name}» eliminato" },
    en: { new: "New team", edit: "Edit team", parent: "Below", top: "None", territory: "Territory", members: "Who is in it", manager: "Manager", belongs: "{name} is in it", manages: "{name} manages it", removed: "Team “{name}” deleted" },
});

interface Props {
    team: Row | null;
    teams: Row[];
    members: Row[];
    onClose: () => void;
    onSaved: () => void;
}

/** A team's name, place in the tree, members and managers. */
export function TeamDialog({ team, teams, members, onClose, onSaved }: Props) {
    const form = useForm({
        name: String(team?.["name"] ?? ""),
        parent_id: (team?.["parent_id"] as string | null | undefined) ?? "",
        territory: String(team?.["territory"] ?? ""),
        members: team ? teamMembers(team) : [],
    }, `team:${team?.id ?? "new"}`);
    const { values } = form;
    const close = () => {
        form.drop();
        onClose();
    };
    // Who belongs to it stands first, and stays there while one chooses.
    const listed = useMemo(() => {
        const own = new Set((team ? teamMembers(team) : []).map((one) => one.member_id));
        return [...members.filter((one) => own.has(one.id)), ...members.filter((one) => !own.has(one.id))];
    }, [team, members]);
    const save = async () => {
        const body = { name: values.name, parent_id: values.parent_id || null, territory: values.territory || null };
        const done = await form.send(async () => {
            const saved = team ? await api.patch<Row>(`/teams/${team.id}`, body) : await api.post<Row>("/teams", body);
            await api.put(`/teams/${saved.id}/members`, { members: values.members });
        });
        if (!done) return;
        onSaved();
        onClose();
    };
    const remove = async () => {
        if (!team || !(await form.send(() => api.delete(`/teams/${team.id}`), false))) return;
        onSaved();
        onClose();
        offerUndo(words("removed", { name: String(team["name"]) }), async () => {
            await api.post(`/teams/${team.id}/restore`);
            onSaved();
        });
    };
    const toggle = (id: string, on: boolean) => form.set("members")(on ? [...values.members, { member_id: id, is_manager: false }] : values.members.filter((one) => one.member_id !== id));
    const manage = (id: string, on: boolean) => form.set("members")(values.members.map((one) => (one.member_id === id ? { ...one, is_manager: on } : one)));
    return (
        <Dialog
            title={words(team ? "edit" : "new")}
            onClose={close}
            onSubmit={() => void save()}
            footer={<>
                {team && <Button look="danger" onClick={() => void remove()}>{t("delete")}</Button>}
                <span className="grow" />
                <Button onClick={close}>{t("cancel")}</Button>
                <Button look="primary" type="submit" busy={form.busy}>{t("save")}</Button>
            </>}
        >
            <div className="stack">
                <Field label={t("name")} required fault={form.fault("name")}><input className="input" value={values.name} onChange={(event) => form.set("name")(event.target.value)} /></Field>
                <div className="two">
                    <Field label={words("parent")} fault={form.fault("parent_id")}>
                        <select className="input" value={values.parent_id} onChange={(event) => form.set("parent_id")(event.target.value)}>
                            <option value="">{words("top")}</option>
                            {teams.filter((one) => one.id !== team?.id).map((one) => <option key={one.id} value={one.id}>{String(one["name"])}</option>)}
                        </select>
                    </Field>
                    <Field label={words("territory")} fault={form.fault("territory")}><input className="input" value={values.territory} onChange={(event) => form.set("territory")(event.target.value)} /></Field>
                </div>
                <fieldset>
                    <legend className="field-label" style={{ font: "inherit", fontWeight: 500 }}>{words("members")}</legend>
                    {listed.map((member) => {
                        const name = String(member["name"]);
                        const own = values.members.find((one) => one.member_id === member.id);
                        return (
                            <div key={member.id} className="tree-line">
                                <label className="check grow"><input type="checkbox" className="checkbox" aria-label={words("belongs", { name })} checked={!!own} onChange={(event) => toggle(member.id, event.target.checked)} />{name}</label>
                                {own && <label className="check muted"><input type="checkbox" className="checkbox" aria-label={words("manages", { name })} checked={own.is_manager} onChange={(event) => manage(member.id, event.target.checked)} />{words("manager")}</label>}
                            </div>
                        );
                    })}
                </fieldset>
            </div>
        </Dialog>
    );
}
