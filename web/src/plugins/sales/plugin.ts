import barChart from "bootstrap-icons/bar-chart.svg";
import boxSeam from "bootstrap-icons/box-seam.svg";
import check2Circle from "bootstrap-icons/check2-circle.svg";
import funnel from "bootstrap-icons/funnel.svg";
import kanban from "bootstrap-icons/kanban.svg";
import diagram from "bootstrap-icons/diagram-3.svg";
import { texts } from "../../app/language";
import type { PluginScreens } from "../plugin";

const t = texts({ it: { dashboard: "Cruscotto" }, en: { dashboard: "Dashboard" } });

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
    setup: ["sales.pipeline", "sales.stage"],
    screens: [
        { path: "dashboard", label: () => t("dashboard"), icon: barChart, permission: "sales.deal.read", load: () => import("./Dashboard") },
    ],
};
