/// Everything that importing gives to the kernel's own plugin.
public struct ImportContributions: Contribution {
    /// Routes, jobs and permissions.
    public init() {}

    public func add(to draft: inout RegistryDraft) {
        draft.actions.append(UploadImport.route(plugin: draft.plugin))
        Actions(
            ListImports.self, ShowImport.self, MapImport.self, StartImportCheck.self, StartImportRun.self,
            StartImportUndo.self, DownloadImportErrors.self
        ).add(to: &draft)
        Jobs(CheckImport.self, RunImport.self, UndoImport.self, PruneImports.self).add(to: &draft)
        Every(seconds: 86_400, PruneImports.self, for: .organizations).add(to: &draft)
        Permissions("imports.read", "imports.write").add(to: &draft)
        Suggests(
            .allow("imports.read", .all, .salesManager), .allow("imports.write", .all, .salesManager),
            .allow("imports.read", .all, .marketingManager), .allow("imports.write", .all, .marketingManager),
            .allow("imports.read", .all, .dispatcher), .allow("imports.write", .all, .dispatcher),
            .allow("imports.read", .all, .operator), .allow("imports.write", .all, .operator)
        ).add(to: &draft)
    }
}
