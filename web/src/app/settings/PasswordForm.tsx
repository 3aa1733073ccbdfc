import { Button } from "../../design/Button";
import { Field } from "../../design/Field";
import { api } from "../../kernel/api/client";
import { texts } from "../language";
import { useForm } from "./useForm";

const words = texts({
    it: { title: "Password", text: "Cambiarla chiude le altre sessioni.", current: "Password attuale", next: "Nuova password", change: "Cambia password", changed: "Password cambiata" },
    en: { title: "Password", text: "Changing it ends your other sessions.", current: "Current password", next: "New password", change: "Change password", changed: "Password changed" },
});

export function PasswordForm() {
    const form = useForm({ current: "", password: "" });
    const save = async () => {
        if (await form.send(() => api.put("/me/password", form.values), words("changed"))) form.setValues({ current: "", password: "" });
    };
    return (
        <form className="form-card" onSubmit={(event) => { event.preventDefault(); void save(); }}>
            <h2>{words("title")}</h2>
            <p className="muted">{words("text")}</p>
            <Field label={words("current")} fault={form.fault("current")}>
                <input className="input" type="password" autoComplete="current-password" value={form.values.current} onChange={(event) => form.set("current")(event.target.value)} />
            </Field>
            <Field label={words("next")} fault={form.fault("password")}>
                <input className="input" type="password" autoComplete="new-password" value={form.values.password} onChange={(event) => form.set("password")(event.target.value)} />
            </Field>
            <div><Button type="submit" busy={form.busy} disabled={!form.values.current || !form.values.password}>{words("change")}</Button></div>
        </form>
    );
}
