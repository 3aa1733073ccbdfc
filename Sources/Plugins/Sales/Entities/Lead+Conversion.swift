internal import Directory
internal import Kernel
internal import Postgres
internal import Wire

/// A lead on its way to an account, a contact and a deal, in one transaction.
struct LeadConversion: Sendable {
    let lead: Record<Lead>
    let context: Context

    /// The records that the lead stands for already.
    struct Known: Sendable {
        var account: ID<Account>?
        var contact: ID<Contact>?
    }

    /// The account and the contact, made where they are not known.
    func people(_ known: Known) async throws(Problem) -> (account: ID<Account>, contact: ID<Contact>?) {
        let account: ID<Account> = if let account = known.account { account } else { try await makeAccount() }
        if let contact = known.contact { return (account, contact) }
        return (account, try await makeContact(at: account))
    }

    private func makeAccount() async throws(Problem) -> ID<Account> {
        var assignments: [Assignment<Account>] = [
            .set(\.name, lead.calledCompany), .set(\.source, lead.source), .set(\.industry, lead.industry),
        ]
        if let owner = lead.owner { assignments.append(.set(\.owner, owner)) }
        if lead.isNameless { assignments += [.set(\.email, lead.email), .set(\.phone, lead.phone)] }
        return try await context.create(Account.self, assignments).id
    }

    /// No contact comes of a lead that names nobody.
    private func makeContact(at account: ID<Account>) async throws(Problem) -> ID<Contact>? {
        guard !lead.isNameless else { return nil }
        var assignments: [Assignment<Contact>] = [
            .set(\.firstName, lead.firstName), .set(\.lastName, lead.lastName), .set(\.title, lead.title),
            .set(\.email, lead.email), .set(\.phone, lead.phone), .set(\.account, account),
        ]
        if let owner = lead.owner { assignments.append(.set(\.owner, owner)) }
        return try await context.create(Contact.self, assignments).id
    }

    /// The deal, with what was asked for it; then the lead is converted.
    func close(
        account: ID<Account>, contact: ID<Contact>?, _ deal: [Assignment<Opportunity>]
    ) async throws(Problem) -> Record<Lead> {
        var assignments: [Assignment<Opportunity>] = [
            .set(\.title, lead.calledCompany), .set(\.account, account), .set(\.contact, contact),
            .set(\.lead, lead.id), .set(\.priority, lead.priority),
        ]
        if let owner = lead.owner { assignments.append(.set(\.owner, owner)) }
        let opportunity = try await context.create(Opportunity.self, assignments + deal)
        return try await context.update(
            lead,
            [
                .set(\.status, .converted), .set(\.convertedAt, context.now), .set(\.account, account),
                .set(\.contact, contact), .set(\.opportunity, opportunity.id),
            ])
    }
}

extension Record where Subject == Lead {
    /// Whether neither a name nor an address of a person is known.
    var isNameless: Bool { self.firstName == nil && self.lastName == nil && self.email == nil }

    /// What the customer is called: the company, or the person.
    var calledCompany: String {
        let person = [self.firstName, self.lastName].compactMap { $0 }.joined(separator: " ")
        return self.company ?? (person.isEmpty ? self.email ?? "" : person)
    }

    /// What came of it, in the same words at each repeat.
    var conversion: JSON {
        [
            "lead_id": .string(id.description), "status": .string(self.status.rawValue),
            "converted_at": self.convertedAt.map { .string($0.description) } ?? .null,
            "account_id": self.account.map { .string($0.description) } ?? .null,
            "contact_id": self.contact.map { .string($0.description) } ?? .null,
            "opportunity_id": self.opportunity.map { .string($0.description) } ?? .null,
        ]
    }
}
