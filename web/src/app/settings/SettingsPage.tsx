import { Header } from "../shell/Header";

export default function SettingsPage() {
    return <Header title="SettingsPage" />;
}
