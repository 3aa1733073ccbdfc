import { Header } from "./Header";

export default function NotificationsPage() {
    return <Header title="NotificationsPage" />;
}
