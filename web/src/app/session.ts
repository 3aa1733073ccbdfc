import { createContext, useContext } from "react";
import { api, configure } from "../kernel/api/client";
import { setPlace } from "../kernel/format/format";
import { MetaIndex } from "../kernel/meta/meta";
import type { Meta } from "../kernel/meta/types";
import { speak, type Language } from "./language";

/** `/me`. */
export interface Profile {
    user: { id: string; email: string; name: string; locale: string | null; time_zone: string | null; theme: Theme; email_verified: boolean; two_factor: boolean; recovery_codes_left: number | null; created_at: string };
    session: { id: string } | null;
    organization: Organization | null;
    role: Role | null;
    memberships: { organization: { id: string; slug: string; name: string; status: string }; role: Role; joined_at: string }[];
    permissions: { permission: string; scope: "own" | "team" | "all" }[];
    hidden_fields: string[];
    read_only_fields: string[];
    plugins: string[];
}

export interface Organization {
    id: string;
    slug: string;
    name: string;
    status: string;
    locale?: string;
    time_zone?: string;
    currency?: string;
    week_start?: number;
    branding?: { primary: string | null; accent: string | null; logo: string | null };
}

export interface Role {
    id: string;
    key: string | null;
    name: string;
}

export type Theme = "light" | "dark" | "system";

/** Who works here, where, and with which metadata. */
export interface Session {
    profile: Profile;
    organization: Organization;
    /** The caller as a member: what owners refer to. It is the user's own id. */
    memberId: string;
    meta: MetaIndex;
    reload: () => Promise<void>;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
    const session = useContext(SessionContext);
    if (!session) throw new Error("useSession outside of the shell");
    return session;
}

/** Goes to the log-in page and comes back here afterwards. */
export function leaveForLogin() {
    const next = encodeURIComponent(window.location.pathname + window.location.search);
    window.location.assign(`/login?next=${next}`);
}

/** Who is signed in now and where, asked without any consequence; null where nobody is, or nobody answers. */
export async function whoIsSignedIn(): Promise<{ user: { id: string }; organization: Organization | null } | null> {
    try {
        const answer = await fetch("/api/v1/me", { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
        if (!answer.ok) return null;
        return (await answer.json()) as { user: { id: string }; organization: Organization | null };
    } catch {
        return null;
    }
}

/** Brings the session back to that organization, after it went to another in another tab. */
export async function returnTo(organization: string): Promise<void> {
    configure({ organization: null });
    try {
        await api.post(`/organizations/${organization}/switch`, {}, { headers: { "X-Session": "cookie" } });
    } finally {
        configure({ organization });
    }
}

/** The address of the organization that is open: read again, it stays open to all that is asked meanwhile. */
let openSlug: string | null = null;

/** Opens the organization that the address names, switching the session there if it is elsewhere. */
export async function openSession(slug: string): Promise<Omit<Session, "reload">> {
    if (openSlug !== slug) configure({ organization: null, onSignedOut: leaveForLogin });
    try {
        const opened = await readSession(slug);
        openSlug = slug;
        return opened;
    } catch (error) {
        openSlug = null;
        throw error;
    }
}

async function readSession(slug: string): Promise<Omit<Session, "reload">> {
    let profile = await api.get<Profile>("/me");
    const wanted = profile.memberships.find((one) => one.organization.slug === slug)?.organization;
    if (wanted && wanted.id !== profile.organization?.id) {
        await api.post(`/organizations/${wanted.id}/switch`, {}, { headers: { "X-Session": "cookie" } });
        configure({ organization: wanted.id });
        profile = await api.get<Profile>("/me");
    }
    const organization = profile.organization;
    if (!organization) throw new Error("no organization");
    configure({
        organization: organization.id,
        onSignedOut: () => window.dispatchEvent(new Event("stratikey-signed-out")),
        onOtherOrganization: () => window.dispatchEvent(new Event("stratikey-other-organization")),
    });
    speak((profile.user.locale ?? navigator.language).startsWith("it") ? "it" : "en");
    setPlace({ timeZone: organization.time_zone ?? "Europe/Rome", currency: organization.currency ?? "EUR", locale: organization.locale ?? "it-IT", weekStart: organization.week_start ?? 1 });
    const meta = new MetaIndex(await api.get<Meta>("/meta"));
    return { profile, organization, meta, memberId: profile.user.id };
}

/** Saves the person's language and reads everything again in it. */
export async function chooseLanguage(language: Language) {
    await api.patch("/me", { locale: language === "it" ? "it-IT" : "en-GB" });
    speak(language);
}
