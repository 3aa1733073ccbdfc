import barChart from "bootstrap-icons/bar-chart.svg";
import boxSeam from "bootstrap-icons/box-seam.svg";
import check2Circle from "bootstrap-icons/check2-circle.svg";
import funnel from "bootstrap-icons/funnel.svg";
import kanban from "bootstrap-icons/kanban.svg";
import diagram from "bootstrap-icons/diagram-3.svg";
import { texts } from "../../app/language";
import type { PluginScreens } from "../plugin";
import { salesRecords } from "./records";
import { hasDeals, hasOwnStages } from "./start/done";

const t = texts({
    it: {
        dashboard: "Cruscotto",
        deals: "Le opportunità, dal primo contatto alla firma", dealsText: "Ogni opportunità ha un valore, una fase e una data di chiusura: da qui vedi che cosa si muove e che cosa è fermo.",
        leads: "Chi si è fatto avanti e non è ancora cliente", leadsText: "Assegna i lead, lavorali e convertili: azienda, contatto e opportunità nascono da soli.",
        activities: "Chiamate, visite e cose da fare", activitiesText: "Quello che registri resta nella storia del cliente; quello che pianifichi ti viene ricordato.",
        pipeline: "Disegna il tuo processo di vendita", pipelineText: "Le fasi sono le colonne della tua bacheca: dai loro i nomi che usate.",
        deal: "Crea la prima opportunità", dealText: "Un nome, un valore e una data bastano per vederla sulla bacheca.",
        products: "Quello che vendi", productsText: "Con i prodotti nelle opportunità sai che cosa si vende, a chi e a quanto.",
    },
    en: {
        dashboard: "Dashboard",
        deals: "Opportunities, from first contact to signature", dealsText: "Each opportunity has a value, a stage and a closing date: here you see what moves and what stands still.",
        leads: "Those who came forward and are no customers yet", leadsText: "Assign leads, work on them, convert them: company, contact and deal are made by themselves.",
        activities: "Calls, visits and things to do", activitiesText: "What you log stays in the customer's history; what you plan, you are reminded of.",
        pipeline: "Lay out how you sell", pipelineText: "Stages are the columns of your board: give them the names that you use.",
        deal: "Create the first opportunity", dealText: "A name, a value and a date are enough to see it on the board.",
        products: "What you sell", productsText: "With products on opportunities you know what sells, to whom and for how much.",
    },
});

export const sales: PluginScreens = {
    id: "sales",
    icons: {
        "sales.opportunity": kanban,
        "sales.lead": funnel,
        "sales.activity": check2Circle,
        "sales.product": boxSeam,
        "sales.pipeline": diagram,
        "sales.stage": diagram,
    },
    about: {
        "sales.opportunity": () => ({ title: t("deals"), text: t("dealsText") }),
        "sales.lead": () => ({ title: t("leads"), text: t("leadsText") }),
        "sales.activity": () => ({ title: t("activities"), text: t("activitiesText") }),
        "sales.product": () => ({ title: t("products"), text: t("productsText") }),
    },
    ...salesRecords,
    start: [
        { key: "pipeline", title: () => t("pipeline"), text: () => t("pipelineText"), permission: "sales.pipeline.write", isDone: hasOwnStages, load: () => import("./start/PipelineStep") },
        { key: "deal", title: () => t("deal"), text: () => t("dealText"), permission: "sales.deal.write", isDone: hasDeals, load: () => import("./start/DealStep") },
    ],
    timelines: ["sales.opportunity", "sales.lead"],
    amounts: { "sales.opportunity": { weighted_amount: "amount" } },
    setup: ["sales.pipeline", "sales.stage"],
    screens: [
        { path: "dashboard", label: () => t("dashboard"), icon: barChart, permission: "sales.reports.read", load: () => import("./Dashboard") },
    ],
};
