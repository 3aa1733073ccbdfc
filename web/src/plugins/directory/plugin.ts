import building from "bootstrap-icons/building.svg";
import people from "bootstrap-icons/people.svg";
import telephone from "bootstrap-icons/telephone.svg";
import type { PluginScreens } from "../plugin";

export const directory: PluginScreens = {
    id: "directory",
    icons: { "directory.account": building, "directory.contact": people, "directory.contact_point": telephone },
    setup: ["directory.contact_point"],
};
