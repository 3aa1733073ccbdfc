import chevrons from "bootstrap-icons/chevron-expand.svg";
import plus from "bootstrap-icons/plus-lg.svg";
import { Icon } from "../../design/Icon";
import { Menu, type MenuEntry } from "../../design/Menu";
import { texts } from "../language";
import { go } from "../router";
import { useSession } from "../session";

const t = texts({ it: { switch: "Cambia organizzazione", add: "Nuova organizzazione" }, en: { switch: "Switch organization", add: "New organization" } });

/** The organization's name; opens the others of the same person, and the page that makes another. */
export function OrganizationMenu() {
    const { profile, organization } = useSession();
    const others: MenuEntry[] = profile.memberships.map((one) => ({
        key: one.organization.id,
        label: one.organization.name,
        checked: one.organization.id === organization.id,
        onSelect: () => go(`/o/${one.organization.slug}`),
    }));
    const entries = [...others, { key: "new", label: t("add"), icon: plus, line: true, onSelect: () => window.location.assign("/organization") }];
    const logo = organization.branding?.logo;
    return (
        <Menu entries={entries} label={t("switch")}>
            <OrganizationButton name={organization.name} {...(logo ? { logo } : {})} />
        </Menu>
    );
}

function OrganizationButton({ name, logo, innerRef, ...rest }: { name: string; logo?: string; innerRef?: React.Ref<HTMLButtonElement> }) {
    return (
        <button type="button" className="organization" ref={innerRef} {...rest}>
            {logo ? <img className="organization-mark" src={logo} alt="" /> : <span className="organization-mark" aria-hidden="true">{name[0]?.toUpperCase()}</span>}
            <strong className="grow truncate">{name}</strong>
            <Icon svg={chevrons} />
        </button>
    );
}
