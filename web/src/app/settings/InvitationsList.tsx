import { Button } from "../../design/Button";
import { api } from "../../kernel/api/client";
import { useLoaded } from "../../kernel/api/useLoaded";
import { relative, fullInstant } from "../../kernel/format/format";
import { field, useMeta } from "../../kernel/meta/meta";
import { toastProblem } from "../../kernel/records/change";
import type { Page, Row } from "../../kernel/records/types";
import { toast } from "../../design/Toast";
import { texts } from "../language";
import { roleName } from "./roleName";
import { t } from "./texts";

const words = texts({
    it: { title: "Inviti", resend: "Invia di nuovo", resent: "Invito inviato di nuovo", expires: "Scade" },
    en: { title: "Invitations", resend: "Send again", resent: "Invitation sent again", expires: "Expires" },
});

/** Who was invited and has not answered yet. */
export function InvitationsList() {
    const meta = useMeta();
    const { data, reload } = useLoaded<Page>("/invitations", { limit: 100, include: "role" });
    const entity = meta.entity("tenancy.invitation");
    const status = entity && field(entity, "status");
    if (!data?.data.length) return null;
    const resend = (one: Row) => api.post(`/invitations/${one.id}/resend`).then(() => toast({ text: words("resent") }), toastProblem);
    return (
        <section style={{ marginTop: 32 }}>
            <h2>{words("title")}</h2>
            <div className="sheet-scroll" tabIndex={0}>
                <table className="sheet">
                    <thead><tr><th scope="col">{t("email")}</th><th scope="col">{t("role")}</th><th scope="col">{t("status")}</th><th scope="col">{words("expires")}</th><td /></tr></thead>
                    <tbody>
                        {data.data.map((one) => (
                            <tr key={one.id}>
                                <td>{String(one["email"])}</td>
                                <td>{one["role"] ? roleName(one["role"] as Row, meta) : "—"}</td>
                                <td>{status?.choices?.find((choice) => choice.value === one["status"])?.label ?? "—"}</td>
                                <td>{one["expires_at"] ? <time title={fullInstant(String(one["expires_at"]))}>{relative(String(one["expires_at"]))}</time> : "—"}</td>
                                <td className="end">
                                    {(one["status"] ?? "pending") === "pending" && meta.holds("users.invite") && (
                                        <>
                                            <Button bar look="plain" aria-label={`${words("resend")}: ${String(one["email"])}`} onClick={() => void resend(one)}>{words("resend")}</Button>
                                            <Button bar look="plain" aria-label={`${t("revoke")}: ${String(one["email"])}`} onClick={() => void api.delete(`/invitations/${one.id}`).then(reload, toastProblem)}>{t("revoke")}</Button>
                                        </>
                                    )}
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            </div>
        </section>
    );
}
