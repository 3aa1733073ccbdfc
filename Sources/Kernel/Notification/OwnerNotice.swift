internal import Wire

/// The notice that a change of one record's owner gives.
enum OwnerNotice {
    /// Nil where nobody is made the owner by somebody else. Imports and changes of many tell once, with a
    /// count; an owner that the program alone sets comes with another record, of which is told.
    static func of(_ change: RecordChange, _ entity: EntityDefinition, in context: Context) -> Notice? {
        guard case .owner(let key, _) = entity.ownership, !change.isImport, !context.isImport,
            entity.field(key)?.isReadOnly == false, change.kind == .create || change.changes(key),
            let owner = change.assigned[key]?.idValue, owner != context.principal.user
        else { return nil }
        return Notice(
            .ownerAssigned, to: owner, by: context.principal.user,
            of: Notice.Subject(entity.name, change.id))
    }
}
