import { PasswordForm } from "./PasswordForm";
import { SessionsList } from "./SessionsList";
import { TwoFactor } from "./TwoFactor";

/** Password, second factor and sessions of the person. */
export function SecurityPage() {
    return <><TwoFactor /><PasswordForm /><SessionsList /></>;
}
