import calendar from "bootstrap-icons/people.svg";
import check from "bootstrap-icons/check2-circle.svg";
import envelope from "bootstrap-icons/envelope.svg";
import pencil from "bootstrap-icons/pencil.svg";
import pin from "bootstrap-icons/geo-alt.svg";
import telephone from "bootstrap-icons/telephone.svg";
import type { activityTexts } from "./texts";

type Key = Parameters<typeof activityTexts>[0];

/** How each kind of activity is drawn and spoken of. */
export interface KindWords {
    icon: string;
    placeholder: Key;
    save: Key;
}

/** In the order of the composer. */
export const kindOrder = ["note", "call", "email", "meeting", "task", "visit"];

const kinds: Record<string, KindWords> = {
    note: { icon: pencil, placeholder: "writeNote", save: "saveNote" },
    call: { icon: telephone, placeholder: "writeCall", save: "saveCall" },
    email: { icon: envelope, placeholder: "writeEmail", save: "saveEmail" },
    meeting: { icon: calendar, placeholder: "writeMeeting", save: "saveMeeting" },
    task: { icon: check, placeholder: "writeTask", save: "saveTask" },
    visit: { icon: pin, placeholder: "writeVisit", save: "saveVisit" },
};

export const kindWords = (kind: string): KindWords => kinds[kind] ?? { icon: check, placeholder: "writeNote", save: "saveNote" };
