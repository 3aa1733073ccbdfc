public import Directory
public import Kernel
public import Wire

/// Something done, or to be done, about a customer: a call, a meeting, a note.
public struct Activity: Entity {
    public static let name = "sales.activity"
    public static let path = "activities"
    /// Activities go by deals: whoever works on deals, in the same scope, works on what is done about them.
    public static let permissionNoun = "sales.deal"
    public static let ownership = Ownership.owner(field: "owner_id")

    public let kind = Field.choice("kind", default: Kind.task).imported(as: "type", "tipo")
    public let subject = Field.text("subject").searchable().imported(as: "title", "oggetto", "titolo")
    public let notes = Field.longText("notes").imported(as: "note", "description", "descrizione").optional
    public let outcome = Field.text("outcome", max: 500).imported(as: "result", "esito").optional
    /// In seconds.
    public let duration = Field.integer("duration", in: 0...31_536_000).imported(as: "durata").optional
    public let dueAt = Field.instant("due_at").indexed().imported(as: "due date", "due", "scadenza").optional
    public let completedAt = Field.instant("completed_at").indexed().imported(
        as: "completed", "done", "completata"
    )
    .optional
    /// Taken from the opportunity, the contact or the lead where it is not sent.
    public let account = Field.reference("account_id", to: Account.self).indexed().imported(
        as: "account", "company", "azienda", "cliente"
    ).optional
    public let contact = Field.reference("contact_id", to: Contact.self).loaded().indexed().imported(
        as: "contact", "contatto"
    ).optional
    public let lead = Field.reference("lead_id", to: Lead.self).loaded().indexed().optional
    public let opportunity = Field.reference("opportunity_id", to: Opportunity.self).loaded().indexed()
        .imported(
            as: "deal", "trattativa"
        ).optional
    public let owner = Field<ID<Member>>.owner()
    /// Its place on timelines: when it was done, else when it is due, else when it was written.
    public let happenedAt = Field.instant("happened_at").computed(
        "coalesce(t.completed_at, t.due_at, t.created_at)"
    )
    .optional

    /// What was done.
    public enum Kind: String, Choice { case call, email, meeting, task, note, visit }

    public static let views: [View<Activity>] = [
        .list(\.subject, \.kind, \.dueAt, \.completedAt, \.account, \.opportunity, \.owner, sort: "due_at"),
        .board(by: \.kind, \.subject, \.dueAt, \.owner, \.account),
        .form("view.sales.activity.what", \.subject, \.kind, \.owner, \.dueAt, \.completedAt, \.duration),
        .form("view.sales.activity.about", \.account, \.contact, \.lead, \.opportunity),
        .form("view.sales.activity.result", \.outcome, \.notes),
    ]

    public static let grants: [RoleGrant] = Opportunity.grants

    /// An activity on a deal, a contact or a lead is one of their account.
    static func findAccount(_ change: inout Change<Activity>) throws(Problem) {
        guard change.untyped.value("account_id").isNull, !change.assigns(\.account) else { return }
        let found =
            change.related(\.opportunity)?.account ?? change.related(\.contact)?.account
            ?? change.related(\.lead)?.account
        if let found { change.set(\.account, found) }
    }

    public init() {}
}
