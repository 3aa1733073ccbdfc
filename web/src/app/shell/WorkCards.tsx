import { useEffect } from "react";
import close from "bootstrap-icons/x-lg.svg";
import checkCircle from "bootstrap-icons/check-circle.svg";
import exclamation from "bootstrap-icons/exclamation-circle.svg";
import { Progress } from "../../design/Badge";
import { IconButton } from "../../design/Button";
import { Icon } from "../../design/Icon";
import { alwaysGrouped, language, texts } from "../language";
import { Link, usePlace } from "../router";
import { clearWork, leaveWork, resumeWork, useWork, type ShownWork } from "./work";
import "./workKinds";

const t = texts({
    it: { region: "Lavori in corso", hide: "Nascondi", of: "{done} di {total}", waiting: "In attesa", open: "Apri" },
    en: { region: "Work in progress", hide: "Hide", of: "{done} of {total}", waiting: "Waiting", open: "Open" },
});

/** What goes on in the background, at the bottom right; on the page that shows it in full there is no card. */
export function WorkCards() {
    const all = useWork();
    const { address, slug } = usePlace();
    useEffect(() => {
        resumeWork();
        return clearWork;
    }, [slug]);
    const isHere = ({ work }: ShownWork) => !!work.href && address.split("?")[0] === work.href.split("?")[0];
    const cards = all.filter((one) => !isHere(one));
    const seen = all.filter((one) => isHere(one) && one.state.status !== "going").map((one) => one.work.key).join(" ");
    useEffect(() => {
        if (seen) seen.split(" ").forEach(leaveWork);
    }, [seen]);
    return (
        <section className="work-cards" aria-label={t("region")} hidden={!cards.length}>
            {cards.map((one) => <Card key={one.work.key} {...one} />)}
        </section>
    );
}

function Card({ work, state }: ShownWork) {
    const going = state.status === "going";
    const number = (value: number) => new Intl.NumberFormat(language(), alwaysGrouped).format(value);
    return (
        <div className={`work-card ${state.status}`} data-work={work.key}>
            {!going && <Icon svg={state.status === "done" ? checkCircle : exclamation} />}
            <div className="grow">
                <strong className="truncate" title={work.label}>{work.label}</strong>
                {going && <>
                    <Progress done={state.done} total={state.total ?? 1} label={work.label} />
                    <span className="muted small">{state.total ? t("of", { done: number(state.done), total: number(state.total) }) : t("waiting")}</span>
                </>}
                <div role="status" className="work-card-text">{!going && state.text}</div>
                {!going && (work.href || state.action) && (
                    <div className="row">
                        {work.href && <Link href={work.href} onClick={() => leaveWork(work.key)}>{t("open")}</Link>}
                        {state.action && <button type="button" className="button plain bar" onClick={state.action.run}>{state.action.label}</button>}
                    </div>
                )}
            </div>
            <IconButton look="plain" bar icon={close} label={t("hide")} onClick={() => leaveWork(work.key)} />
        </div>
    );
}
