import { texts } from "../../app/language";
import { bytes, sizeLimit } from "./size";

const t = texts({
    it: {
        sheet: "«{file}» è una cartella di lavoro. Aprila, scegli «Salva con nome» e poi CSV UTF-8, e porta qui quel file.",
        other: "«{file}» non è un file CSV né TSV.",
        big: "«{file}» è di {size}: si arriva a {limit}. Dividilo in più file.",
        empty: "«{file}» è vuoto.",
    },
    en: {
        sheet: "“{file}” is a workbook. Open it, choose “Save as” and then CSV UTF-8, and bring that file here.",
        other: "“{file}” is neither a CSV nor a TSV file.",
        big: "“{file}” has {size}: the most is {limit}. Split it into several files.",
        empty: "“{file}” is empty.",
    },
});

/** Why a file can't be sent at all, in words; undefined when it can. */
export function faultOf(file: File): string | undefined {
    const words = { file: file.name };
    if (/\.(xlsx?|xlsm|ods|numbers)$/i.test(file.name)) return t("sheet", words);
    if (/\.(pdf|docx?|zip|png|jpe?g|json|xml|gz)$/i.test(file.name)) return t("other", words);
    if (file.size > sizeLimit) return t("big", { ...words, size: bytes(file.size), limit: bytes(sizeLimit) });
    return file.size === 0 ? t("empty", words) : undefined;
}
