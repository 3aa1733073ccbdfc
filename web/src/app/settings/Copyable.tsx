import clipboard from "bootstrap-icons/clipboard.svg";
import { Button } from "../../design/Button";
import { toast } from "../../design/Toast";
import { t } from "./texts";

/** A button that copies a text. */
export function Copyable({ text }: { text: string }) {
    return <Button bar icon={clipboard} onClick={() => void navigator.clipboard.writeText(text).then(() => toast({ text: t("copied") }))}>{t("copy")}</Button>;
}
