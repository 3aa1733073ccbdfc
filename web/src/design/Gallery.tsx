import { useState } from "react";
import plus from "bootstrap-icons/plus-lg.svg";
import trash from "bootstrap-icons/trash.svg";
import dots from "bootstrap-icons/three-dots.svg";
import { Header } from "../app/shell/Header";
import { Avatar, Badge, Dot, Empty, Progress, Skeleton, type Tone } from "./Badge";
import { Button, IconButton, Kbd } from "./Button";
import { Combobox, type Option } from "./Combobox";
import { Dialog } from "./Dialog";
import { Field } from "./Field";
import { Menu } from "./Menu";
import { toast } from "./Toast";

const tones: Tone[] = ["plain", "success", "warning", "danger", "info", "accent"];
const colours = ["bg", "surface", "sunken", "raised", "border", "line", "strong", "text", "muted", "accent", "accent-hover", "accent-soft", "accent-on", "brand", "success", "warning", "danger", "info", "chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-6"];
const options: Option[] = ["GTX Basic", "GTX Pro", "MG Advanced", "Wilhelmina-Katharina von Hohenfels-Schillingsfürst"].map((label) => ({ value: label, label }));

/** Every component in both themes, side by side; in development only, at `/o/<slug>/ui`. */
export default function Gallery() {
    return (
        <>
            <Header title="Components" />
            <div className="gallery">
                <section data-theme="light" className="gallery-theme" aria-label="Light"><Components name="light" /></section>
                <section data-theme="dark" className="gallery-theme" aria-label="Dark"><Components name="dark" /></section>
            </div>
        </>
    );
}

function Components({ name }: { name: string }) {
    const [chosen, setChosen] = useState<Option | null>(null);
    const [isOpen, setOpen] = useState(false);
    const entries = [
        { key: "edit", label: "Edit", icon: plus, aside: "E", onSelect: () => undefined },
        { key: "on", label: "Checked", checked: true, onSelect: () => undefined },
        { key: "off", label: "Disabled", disabled: true, onSelect: () => undefined },
        { key: "delete", label: "Delete", icon: trash, danger: true, line: true, onSelect: () => undefined },
    ];
    return (
        <>
            <h2>Colours</h2>
            <div className="gallery-colours">{colours.map((colour) => <div key={colour}><span style={{ background: `var(--${colour})` }} />{colour}</div>)}</div>
            <h2>Type</h2>
            <p className="gallery-figures">12.345,67 €</p>
            <p className="gallery-record">Hottechi · GTX Pro</p>
            <h1>Title of a page</h1>
            <p>Text of 13 px, <strong>strong</strong>, <a href="#link">a link</a>, <span className="muted">muted</span>, <span className="small muted">small</span></p>
            <h2>Buttons</h2>
            <div className="row">
                <Button look="primary" icon={plus} shortcut="C">Primary</Button><Button>Default</Button><Button look="plain">Plain</Button><Button look="tinted">Tinted</Button><Button look="danger" icon={trash}>Danger</Button>
            </div>
            <div className="row">
                <Button bar>Bar</Button><Button bar look="plain">Bar, plain</Button><Button disabled>Disabled</Button><Button busy>Busy</Button><IconButton icon={dots} label="More" /><Kbd>Ctrl K</Kbd>
            </div>
            <h2>States</h2>
            <div className="row">{tones.map((tone) => <Badge key={tone} tone={tone}>{tone}</Badge>)}</div>
            <div className="row">{tones.map((tone) => <Dot key={tone} tone={tone}>{tone}</Dot>)}</div>
            <div className="row">{["Ada Admin", "Moses Frase", "Violet Mclelland", "Elease Gluck", "Darcel Schlecht"].map((one) => <Avatar key={one} name={one} large />)}</div>
            <h2>Fields</h2>
            <Field label="Name" hint="As it stands on invoices" required><input className="input" defaultValue="Hottechi" /></Field>
            <Field label="Amount" fault="Write a number, such as 1.234,50"><input className="input number" defaultValue="1,2,3" /></Field>
            <Field label="Notes"><textarea className="input" placeholder="Write a note…" /></Field>
            <Combobox label={`Product, ${name}`} value={chosen} onChange={setChosen} find={(text) => options.filter((one) => one.label.toLowerCase().includes(text.toLowerCase()))} clearable />
            <label className="check"><input type="checkbox" className="checkbox" defaultChecked /> Checked</label>
            <h2>Above the page</h2>
            <div className="row">
                <Menu label="Menu" entries={entries}><Button>Menu</Button></Menu>
                <Button onClick={() => setOpen(true)}>Dialog</Button>
                <Button onClick={() => toast({ text: "“Hottechi” is in the bin", action: { label: "Undo", run: () => undefined } })}>Toast</Button>
                <Button onClick={() => toast({ text: "The server does not answer", kind: "danger" })}>Toast of a fault</Button>
            </div>
            <h2>Waiting and empty</h2>
            <Skeleton width={220} height={14} />
            <Progress done={3} total={8} label="Progress" />
            <Empty title="No activities yet" action={<Button look="primary">Plan one</Button>}>What you plan with this customer stands here.</Empty>
            {isOpen && <Dialog title="Delete 3 records" onClose={() => setOpen(false)} footer={<><Button onClick={() => setOpen(false)}>Keep</Button><Button look="danger">Delete 3</Button></>}>They stay in the bin for 30 days.</Dialog>}
        </>
    );
}
