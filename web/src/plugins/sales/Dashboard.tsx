import { Header } from "../../app/shell/Header";

export default function Dashboard() {
    return <Header title="Dashboard" />;
}
