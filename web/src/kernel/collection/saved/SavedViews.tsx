import { useState } from "react";
import bookmark from "bootstrap-icons/bookmark.svg";
import dots from "bootstrap-icons/three-dots.svg";
import lock from "bootstrap-icons/lock.svg";
import { texts } from "../../../app/language";
import { go, to, usePlace } from "../../../app/router";
import { useSession } from "../../../app/session";
import { Button, IconButton } from "../../../design/Button";
import { Icon } from "../../../design/Icon";
import { Menu, type MenuEntry } from "../../../design/Menu";
import { toast } from "../../../design/Toast";
import { api } from "../../api/client";
import { useMeta } from "../../meta/meta";
import type { EntityMeta } from "../../meta/types";
import { toastProblem } from "../../records/change";
import { offerUndo } from "../../records/undo";
import { chosenColumns } from "../columns";
import { hadViews } from "../kept";
import { isNarrowed, type ListQuery } from "../query";
import type { ChangeQuery } from "../useListQuery";
import { isModified, openWords, useSavedViews, viewWords, type SavedView } from "./viewStore";
import { ViewNameDialog } from "./ViewNameDialog";

const t = texts({
    it: {
        group: "Viste salvate", save: "Salva vista", saveChanges: "Salva le modifiche", discard: "Scarta le modifiche", saveAs: "Salva come nuova…", rename: "Rinomina…", share: "Condividi con tutti", unshare: "Tieni per me", remove: "Elimina la vista",
        more: "Vista «{name}»: altre azioni", modified: "modificata", mine: "solo mia", removed: "Vista «{name}» eliminata", saved: "Vista «{name}» salvata", nameTitle: "Salva la vista", renameTitle: "Rinomina la vista",
    },
    en: {
        group: "Saved views", save: "Save view", saveChanges: "Save changes", discard: "Discard changes", saveAs: "Save as new…", rename: "Rename…", share: "Share with everybody", unshare: "Keep to myself", remove: "Delete the view",
        more: "View “{name}”: more actions", modified: "modified", mine: "only mine", removed: "View “{name}” deleted", saved: "View “{name}” saved", nameTitle: "Save the view", renameTitle: "Rename the view",
    },
});

interface Props {
    entity: EntityMeta;
    form: "list" | "board";
    query: ListQuery;
    change: ChangeQuery;
}

/** The saved views as tabs: one press opens each, what was changed since can be saved or dropped. */
export function SavedViews({ entity, form, query, change }: Props) {
    const meta = useMeta();
    const { memberId } = useSession();
    const { query: words } = usePlace();
    const { views, load } = useSavedViews(entity);
    const [naming, setNaming] = useState<"new" | "rename" | null>(null);
    if (!views) return hadViews(entity.name) ? <div className="saved-views waiting" aria-hidden="true" /> : null;
    const current = views.find((one) => one.id === query.saved);
    const now = viewWords(query, words, entity);
    const modified = current !== undefined && isModified(current, now, query.columns, form);
    const isOwn = current?.owner_id === memberId || meta.holds("kernel.view.share");
    const open = (view: SavedView) => go(to(entity.path, openWords(view)));
    const columns = query.columns ?? (form === "list" ? chosenColumns(entity, null) : null);
    const run = (work: Promise<unknown>) => void work.then(load).catch(toastProblem);
    const patch = (view: SavedView, set: Record<string, unknown>) => run(api.patch(`/saved-views/${view.id}`, set));
    const save = async (name: string, sharing: string) => {
        const view = await api.post<SavedView>("/saved-views", { name, entity: entity.name, form, query: now, columns, sharing, position: views.length });
        await load();
        toast({ text: t("saved", { name }), kind: "success" });
        change({ saved: view.id, columns }, true);
    };
    const remove = async (view: SavedView) => {
        await api.delete(`/saved-views/${view.id}`);
        await load();
        change({ saved: null });
        offerUndo(t("removed", { name: view.name }), async () => {
            await api.post(`/saved-views/${view.id}/restore`);
            await load();
            open(view);
        });
    };
    const entries = (view: SavedView): MenuEntry[] => [
        ...(modified && isOwn ? [{ key: "save", label: t("saveChanges"), onSelect: () => patch(view, { query: now, columns, form }) }] : []),
        ...(modified ? [{ key: "discard", label: t("discard"), onSelect: () => open(view) }] : []),
        { key: "as", label: t("saveAs"), onSelect: () => setNaming("new") },
        ...(isOwn ? [
            { key: "rename", label: t("rename"), line: true, onSelect: () => setNaming("rename") },
            { key: "share", label: t(view.sharing === "shared" ? "unshare" : "share"), onSelect: () => patch(view, { sharing: view.sharing === "shared" ? "private" : "shared" }) },
            { key: "remove", label: t("remove"), danger: true, line: true, onSelect: () => void remove(view).catch(toastProblem) },
        ] : []),
    ];
    return (
        <>
            {views.length > 0 && (
                <div className="saved-views" role="group" aria-label={t("group")}>
                    {views.map((view) => (
                        <span key={view.id} className={view === current ? "saved-view on" : "saved-view"} data-view={view.id}>
                            <button type="button" className="saved-open" aria-pressed={view === current} onClick={() => open(view)}>
                                {view.sharing === "private" && <Icon svg={lock} />}
                                <span className="truncate">{view.name}</span>
                                {view.sharing === "private" && <span className="unseen">{t("mine")}</span>}
                                {view === current && modified && <span className="saved-modified">{t("modified")}</span>}
                            </button>
                            {view === current && <Menu label={view.name} entries={entries(view)}><IconButton bar look="plain" icon={dots} label={t("more", { name: view.name })} /></Menu>}
                        </span>
                    ))}
                </div>
            )}
            {!current && isNarrowed(query) && <Button bar look="plain" icon={bookmark} className="save-view" aria-label={t("save")} title={t("save")} onClick={() => setNaming("new")}><span className="only-wide">{t("save")}</span></Button>}
            {naming && (
                <ViewNameDialog
                    title={t(naming === "new" ? "nameTitle" : "renameTitle")}
                    name={naming === "rename" ? current?.name ?? "" : ""}
                    {...(naming === "new" ? { sharing: "private" as const } : {})}
                    onSave={async (name, sharing) => {
                        if (naming === "new") await save(name, sharing);
                        else if (current) {
                            await api.patch(`/saved-views/${current.id}`, { name });
                            await load();
                        }
                        setNaming(null);
                    }}
                    onClose={() => setNaming(null)}
                />
            )}
        </>
    );
}
