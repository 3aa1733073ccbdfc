public import Kernel

/// A further e-mail address or telephone number of a contact, beside the primary ones on the contact itself.
public struct ContactPoint: Entity {
    public static let name = "directory.contact_point"
    public static let path = "contact-points"
    /// They are part of their contact.
    public static let permissionNoun = "directory.contact"
    public static let ownership = Ownership.owner(field: "owner_id")
    /// Of the table alone.
    public static let label: String? = "coalesce(r.email, r.phone)"
    public static let invariants: [Invariant<ContactPoint>] = [
        Invariant("one_contact_point", at: "email") { ($0.email == nil) != ($0.phone == nil) }
    ]

    public let contact = Field.reference("contact_id", to: Contact.self).onDelete(.cascade).immutable()
        .indexed().imported(as: "contact", "person", "contatto", "persona")
    public let email = Field.email("email").searchable().indexed().imported(as: "e-mail", "mail").optional
    public let phone = Field.phone("phone").imported(
        as: "mobile", "telephone", "telefono", "cellulare", "tel"
    ).optional
    /// What it is for, in the organization's own words: office, home, invoices.
    public let purpose = Field.text("purpose", max: 60).imported(as: "label", "etichetta", "uso").optional
    /// The contact's: who answers for the contact does for this.
    public let owner = Field<ID<Member>>.owner().readOnly()

    public static let views: [View<ContactPoint>] = [
        .list(\.contact, \.email, \.phone, \.purpose, sort: "email"),
        .form("view.directory.contact_point.reach", \.contact, \.email, \.phone, \.purpose),
    ]

    public static let grants: [RoleGrant] = Contact.grants

    public init() {}

    /// Only who may change the contact adds to it; the owner is the contact's.
    static func join(_ change: inout Change<ContactPoint>, in context: Context) async throws(Problem) {
        guard change.assigns(\.contact) else { return }
        do { try await context.requireWriting(change.after.contact) } catch {
            // What can't be found is told with the other references.
            guard error.status == 404 else { throw error }
            return
        }
        change.set(\.owner, try await context.find(change.after.contact).owner)
    }
}
