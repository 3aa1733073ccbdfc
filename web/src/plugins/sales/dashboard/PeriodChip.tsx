import { useState } from "react";
import chevron from "bootstrap-icons/chevron-down.svg";
import { setQuery } from "../../../app/router";
import { Button } from "../../../design/Button";
import { DateField } from "../../../design/DateField";
import { isDay } from "../../../design/dates";
import { Dialog } from "../../../design/Dialog";
import { Field } from "../../../design/Field";
import { Icon } from "../../../design/Icon";
import { Menu } from "../../../design/Menu";
import * as format from "../../../kernel/format/format";
import { isPeriod, periods, type Question } from "./question";
import { t } from "./texts";

/** Which days are counted: named periods, or dates of one's choice. `shown` is the period of the numbers on the screen. */
export function PeriodChip({ question, shown }: { question: Question; shown: string | null }) {
    const [isChoosing, setChoosing] = useState(false);
    const name = question.from && question.to ? t("range", { from: format.date(question.from), to: format.date(question.to) }) : wordOf(question.period ?? shown ?? "this_year");
    const entries = [
        ...periods.map((one) => ({ key: one, label: capital(t(one)), checked: !question.from && one === (question.period ?? shown), onSelect: () => setQuery({ period: one, from: null, to: null }) })),
        { key: "custom", label: t("custom"), line: true, onSelect: () => setChoosing(true) },
    ];
    return (
        <>
            <Menu label={t("period")} entries={entries}>
                <Button bar look="tinted" data-filter="period">{t("chosen", { label: t("period"), name })}<Icon svg={chevron} size={11} /></Button>
            </Menu>
            {isChoosing && <RangeDialog question={question} onClose={() => setChoosing(false)} />}
        </>
    );
}

const wordOf = (period: string) => (isPeriod(period) ? t(period) : "");
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function RangeDialog({ question, onClose }: { question: Question; onClose: () => void }) {
    const [from, setFrom] = useState(question.from ?? `${format.today().slice(0, 4)}-01-01`);
    const [to, setTo] = useState(question.to ?? format.today());
    const isWhole = isDay(from) && isDay(to);
    const isWrong = !isWhole || from > to;
    const submit = () => {
        if (isWrong) return;
        setQuery({ period: null, from, to });
        onClose();
    };
    return (
        <Dialog title={t("period")} onClose={onClose} onSubmit={submit} footer={<Button look="primary" type="submit" disabled={isWrong}>{t("apply")}</Button>}>
            <div className="range">
                <Field label={t("from")}><DateField value={from} onChange={setFrom} required /></Field>
                <Field label={t("to")} fault={isWhole && from > to ? t("wrongRange") : undefined}><DateField value={to} onChange={setTo} required /></Field>
            </div>
        </Dialog>
    );
}
