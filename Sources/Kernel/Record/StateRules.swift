internal import Wire

/// Guards the ways between declared states.
struct StateRules {
    let entity: EntityDefinition

    /// Refuses an illegal step with those that are legal.
    func check(_ change: RecordChange) throws(Problem) {
        guard let machine = entity.stateMachine, change.kind == .update, change.changes(machine.field),
            case .text(let from) = change.before?.contents[machine.field] ?? .null,
            case .text(let to) = change.value(machine.field)
        else { return }
        let allowed = machine.transitions[from] ?? []
        guard !allowed.contains(to) else { return }
        throw Problem(
            409, "illegal_transition", ["from": from, "to": to],
            members: [(key: "allowed", value: .array(allowed.map { .string($0) }))])
    }
}
