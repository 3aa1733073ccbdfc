/// What event streams give to the kernel's own plugin.
struct StreamContributions: Contribution {
    func add(to draft: inout RegistryDraft) { draft.actions.append(FollowChanges.definition) }
}
