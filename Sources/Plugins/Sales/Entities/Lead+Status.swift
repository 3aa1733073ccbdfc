internal import Kernel
internal import Wire

extension Lead {
    /// A lead starts unconverted; an import alone may tell of one that was converted elsewhere.
    static func checkStart(_ change: inout Change<Lead>) throws(Problem) {
        if change.after.status == .converted, !change.isImport {
            change.refuse(\.status, "conversion_needed")
        }
        askReason(&change)
    }

    /// Guards steps between states beyond what the state machine says.
    static func checkStep(_ change: inout Change<Lead>) throws(Problem) {
        guard change.changes(\.status) || change.changes(\.disqualifiedReason) else { return }
        if change.after.status == .converted, change.changes(\.status), change.after.convertedAt == nil {
            throw unconverted(change)
        }
        if change.changes(\.status), change.after.status != .disqualified,
            !change.assigns(\.disqualifiedReason)
        {
            change.set(\.disqualifiedReason, nil)
        }
        askReason(&change)
    }

    /// Converting makes an account, a contact and a deal: a status alone can't say that.
    private static func unconverted(_ change: Change<Lead>) -> Problem {
        let from = change.before?.status.rawValue ?? ""
        let allowed = (stateMachine?.transitions[from] ?? []).filter { $0 != Status.converted.rawValue }
        return Problem(
            409, "conversion_needed", members: [(key: "allowed", value: .array(allowed.map { .string($0) }))])
    }

    /// Why a lead is given up is asked of people, not of an import.
    private static func askReason(_ change: inout Change<Lead>) {
        guard change.after.status == .disqualified, change.after.disqualifiedReason == nil, !change.isImport
        else { return }
        if let reason = change.reason {
            change.set(\.disqualifiedReason, String(reason.prefix(500)))
        } else {
            change.refuse(\.disqualifiedReason, "required")
        }
    }
}
