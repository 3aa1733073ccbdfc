public import Directory
public import Kernel
public import Wire

/// Somebody who may come to buy, before there is an account.
public struct Lead: Entity {
    public static let name = "sales.lead"
    public static let path = "leads"
    public static let ownership = Ownership.owner(field: "owner_id")
    public static let label: String? =
        "coalesce(nullif(btrim(concat_ws(' ', r.first_name, r.last_name)), ''), r.company, r.email)"
    public static let stateMachine: StateMachine? = StateMachine(
        [
            "new": ["assigned", "working", "nurturing", "converted", "disqualified"],
            "assigned": ["working", "nurturing", "converted", "disqualified"],
            "working": ["assigned", "nurturing", "converted", "disqualified"],
            "nurturing": ["assigned", "working", "converted", "disqualified"],
            "disqualified": ["new", "assigned", "working", "nurturing"],
            "converted": [],
        ], needsReason: ["disqualified"])
    public static let invariants: [Invariant<Lead>] = [
        Invariant("name_needed", at: "last_name") { lead in
            lead.firstName != nil || lead.lastName != nil || lead.company != nil || lead.email != nil
        }
    ]

    public let firstName = Field.text("first_name", max: 100).searchable().imported(as: "name", "nome")
        .optional
    public let lastName = Field.text("last_name", max: 100).searchable().indexed().imported(
        as: "surname", "cognome"
    )
    .optional
    public let company = Field.text("company").searchable().imported(
        as: "account", "azienda", "ragione sociale", "ditta"
    )
    .optional
    public let title = Field.text("title", max: 100).imported(as: "job title", "role", "ruolo", "qualifica")
        .optional
    public let email = Field.email("email").searchable().indexed().imported(as: "e-mail", "mail").optional
    public let phone = Field.phone("phone").imported(
        as: "mobile", "telephone", "telefono", "cellulare", "tel"
    ).optional
    public let source = Field.text("source", max: 100).matchable().indexed().imported(
        as: "lead source", "origin", "origine", "fonte", "provenienza"
    ).optional
    public let campaign = Field.text("campaign").imported(as: "campagna").optional
    public let industry = Field.text("industry", max: 100).imported(as: "sector", "settore").optional
    public let status = Field.choice("status", default: Status.new).indexed().imported(as: "state", "stato")
    public let priority = Field.choice("priority", default: Priority.normal).imported(as: "priorità")
    /// 0 to 100, set by the scoring.
    public let score = Field.integer("score", in: 0...100).readOnly().optional
    public let disqualifiedReason = Field.text("disqualified_reason", max: 500).imported(
        as: "reason", "motivo"
    ).optional
    public let notes = Field.longText("notes").imported(as: "note").optional
    public let owner = Field<ID<Member>>.owner()
    public let convertedAt = Field.instant("converted_at").readOnly().optional
    public let account = Field.reference("account_id", to: Account.self).readOnly().indexed().optional
    public let contact = Field.reference("contact_id", to: Contact.self).readOnly().indexed().optional
    public let opportunity = Field.reference("opportunity_id", to: Opportunity.self).readOnly().indexed()
        .optional

    /// How far a lead has come. It is converted by `POST /leads/{id}/conversion` alone.
    public enum Status: String, Choice { case new, assigned, working, nurturing, converted, disqualified }

    public init() {}
}
