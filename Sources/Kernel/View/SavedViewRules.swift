/// What guards changes to saved views.
enum SavedViewRules {
    static func guardCreation(_ change: inout Change<SavedView>, _ context: Context) async throws(Problem) {
        try demandSharing(change, context)
        checkEntity(&change, context)
    }

    static func guardUpdate(_ change: inout Change<SavedView>, _ context: Context) async throws(Problem) {
        try demandSharing(change, context)
        if change.changes(\.entity) { checkEntity(&change, context) }
    }

    static func guardRemoval(_ change: inout Change<SavedView>, _ context: Context) async throws(Problem) {
        try demandSharing(change, context)
    }

    /// What everybody sees, or saw until now, is for those who may share.
    private static func demandSharing(_ change: Change<SavedView>, _ context: Context) throws(Problem) {
        guard change.before?.sharing == .shared || change.after.sharing == .shared else { return }
        try context.authorizer.require(SavedView.sharePermission)
    }

    private static func checkEntity(_ change: inout Change<SavedView>, _ context: Context) {
        let name = change.after.entity
        guard !name.isEmpty, context.runtime.registry.entity(name) == nil else { return }
        change.refuse(\.entity, "no_such_entity")
    }
}

/// Everything that saved views give to the kernel's own plugin.
struct SavedViewContributions: Contribution {
    func add(to draft: inout RegistryDraft) {
        Entities(SavedView.self).add(to: &draft)
        Prepare(.create, SavedView.self, SavedViewRules.guardCreation).add(to: &draft)
        Prepare(.update, SavedView.self, SavedViewRules.guardUpdate).add(to: &draft)
        Prepare(.delete, SavedView.self, SavedViewRules.guardRemoval).add(to: &draft)
        Prepare(.restore, SavedView.self, SavedViewRules.guardRemoval).add(to: &draft)
        Permissions(SavedView.sharePermission).add(to: &draft)
        Suggests(
            .allow(SavedView.sharePermission, .all, .salesManager),
            .allow(SavedView.sharePermission, .all, .marketingManager)
        ).add(to: &draft)
    }
}
