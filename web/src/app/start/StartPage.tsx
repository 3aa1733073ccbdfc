import { Header } from "../shell/Header";

export default function StartPage() {
    return <Header title="StartPage" />;
}
