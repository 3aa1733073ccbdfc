import { Header } from "../../app/shell/Header";

export default function ImportsPage() {
    return <Header title="ImportsPage" />;
}
