import { forgetAnswers } from "../kernel/api/answers";
import { api } from "../kernel/api/client";
import { sendKept } from "../kernel/records/outbox";
import { forgetRecents } from "./shell/command/recents";

/** Takes away what this browser keeps of the person's records: what was seen last, and what stays readable without a connection. */
export async function forgetKept() {
    forgetRecents();
    window.sessionStorage.clear();
    await forgetAnswers();
}

/** Sends what still waits, ends the session and forgets what was kept. What could not be sent waits for the same person. */
export async function logOut() {
    await sendKept().catch(() => 0);
    await api.post("/auth/logout").catch(() => undefined);
    await forgetKept().catch(() => undefined);
    window.location.assign("/login");
}
