import { lazy, Suspense, useMemo, type ComponentType } from "react";
import { Header } from "../shell/Header";
import { NotFound } from "../shell/NotFound";
import { Progress, Skeleton } from "../../design/Badge";
import { Button } from "../../design/Button";
import { useMeta } from "../../kernel/meta/meta";
import { startSteps } from "../../plugins/all";
import { texts } from "../language";
import { go, setQuery, to, usePlace } from "../router";
import { useSession } from "../session";
import { ImportStep } from "./ImportStep";
import { PeopleStep } from "./PeopleStep";
import { acceptStep, askProgress, endStart, isStarter, stepKeys, useStart } from "./progress";
import { StartStepCard } from "./StartStepCard";

const t = texts({
    it: {
        title: "Primi passi", welcome: "{name} è pronta", text: "Bastano pochi minuti. Ogni passo si può rifare in qualunque momento.", hide: "Non mostrare più", all: "Fatto tutto: buon lavoro.", leave: "Vai al lavoro", of: "{done} di {all} fatti",
        import: "Porta i tuoi dati", importText: "Da un foglio di calcolo o dal programma di prima: li controlli prima di scriverli e, se serve, annulli tutto.",
        people: "Invita chi lavora con te", peopleText: "Ognuno riceve un'e-mail e vede quello che il suo ruolo permette.",
    },
    en: {
        title: "First steps", welcome: "{name} is ready", text: "A few minutes are enough. Each step can be done again at any time.", hide: "Don't show this again", all: "All done.", leave: "Get to work", of: "{done} of {all} done",
        import: "Bring your data", importText: "From a spreadsheet or the program that you had: check it before it is written and, if need be, undo all of it.",
        people: "Invite the people that you work with", peopleText: "Each gets an e-mail and sees what the role allows.",
    },
});

interface Shown {
    key: string;
    title: string;
    text: string;
    Content: ComponentType<{ onDone: () => void; onChanged: () => void }>;
}

/** The first steps of a new organization: what is done, and the next one open. */
export default function StartPage() {
    const meta = useMeta();
    const { organization } = useSession();
    const { query } = usePlace();
    const { done } = useStart(true);
    const steps = useMemo<Shown[]>(() => {
        const plugins = startSteps((id) => meta.hasPlugin(id));
        return stepKeys(meta).flatMap((key): Shown[] => {
            if (key === "import") return [{ key, title: t("import"), text: t("importText"), Content: ImportStep }];
            if (key === "people") return [{ key, title: t("people"), text: t("peopleText"), Content: PeopleStep }];
            const step = plugins.find((one) => one.key === key);
            return step ? [{ key, title: step.title(), text: step.text(), Content: lazy(step.load) }] : [];
        });
    }, [meta]);
    if (!isStarter(meta)) return <NotFound />;
    const next = done && steps.find((one) => !done[one.key])?.key;
    const open = query.get("step") ?? next;
    const ready = done ? Object.values(done).filter(Boolean).length : 0;
    const leave = () => {
        endStart(organization.id);
        go(to(""));
    };
    const turn = (key: string) => setQuery({ step: open === key ? "none" : key });
    const finished = (key: string) => () => {
        acceptStep(organization.id, key);
        setQuery({ step: null });
        void askProgress(meta, organization.id).catch(() => undefined);
    };
    /** Something of the step was done: it counts, and stays open. */
    const changed = (key: string) => () => {
        setQuery({ step: key });
        void askProgress(meta, organization.id).catch(() => undefined);
    };
    const isAll = !!done && ready === steps.length;
    return (
        <>
            <Header title={t("title")} actions={!isAll && <Button look="plain" onClick={leave}>{t("hide")}</Button>} />
            <div className="page">
                <div className="start-page">
                    <div className="start-head">
                        <h2>{t("welcome", { name: organization.name })}</h2>
                        <p className="muted">{isAll ? t("all") : t("text")}</p>
                        <div className="start-progress">
                            <Progress done={ready} total={steps.length} label={t("title")} />
                            <span className="muted small" role="status">{done ? t("of", { done: ready, all: steps.length }) : <Skeleton width={72} />}</span>
                        </div>
                        {isAll && <div><Button look="primary" onClick={leave}>{t("leave")}</Button></div>}
                    </div>
                    <ol className="start-steps">
                        {steps.map(({ key, title, text, Content }, index) => (
                            <StartStepCard key={key} title={title} text={text} number={index + 1} isDone={done?.[key] ?? false} isOpen={open === key} onTurn={() => turn(key)}>
                                <Suspense fallback={<Skeleton width={160} height={32} />}><Content onDone={finished(key)} onChanged={changed(key)} /></Suspense>
                            </StartStepCard>
                        ))}
                    </ol>
                </div>
            </div>
        </>
    );
}
