internal import Directory
internal import Kernel
internal import Postgres
internal import Wire

/// Makes an account, a contact and a deal of a lead, once: a repeat answers what came of it.
struct ConvertLead: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let account = Field.reference("account_id", to: Account.self).optional
        let contact = Field.reference("contact_id", to: Contact.self).optional
        /// Makes a new account, and a new contact unless one is named, though likely ones exist.
        let createAccount = Field.boolean("create_account").default(false)
        /// Makes a new contact though likely ones exist.
        let createContact = Field.boolean("create_contact").default(false)
        let title = Field.text("title").optional
        let amount = Field.money("amount").validated(Bounds.amount).optional
        let pipeline = Field.reference("pipeline_id", to: Pipeline.self).optional
        let stage = Field.reference("stage_id", to: Stage.self).optional
        let product = Field.reference("product_id", to: Product.self).optional
        let expectedCloseOn = Field.date("expected_close_on").optional
        init() {}
    }

    static let route = Route.post("/leads/{id}/conversion")
    static let access = RouteAccess.permission("sales.lead.write")
    static let status = 201
    static let problems = [200, 403, 404, 409, 422]
    static let answer = AnswerShape.object([
        .init("lead_id", "string"), .init("status", "string"), .init("converted_at", "string"),
        .init("account_id", "string"), .init("contact_id", "string"), .init("opportunity_id", "string"),
    ])

    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        let lead = try await locked(ID<Lead>(input.id), in: context)
        if lead.status == .converted { return .json(lead.conversion) }
        let allowed = Lead.stateMachine?.transitions[lead.status.rawValue] ?? []
        guard allowed.contains(Lead.Status.converted.rawValue) else {
            throw Problem(
                409, "illegal_transition",
                ["from": lead.status.rawValue, "to": Lead.Status.converted.rawValue],
                members: [(key: "allowed", value: .array(allowed.map { .string($0) }))])
        }
        let known = try await known(input, in: context)
        try await refuseLikely(lead, known, input, in: context)
        let conversion = LeadConversion(lead: lead, context: context)
        let (account, contact) = try await conversion.people(known)
        let converted = try await conversion.close(account: account, contact: contact, deal(input))
        return .json(converted.conversion, status: 201)
    }

    /// The lead, held until the transaction ends: two conversions at once stand in line.
    private static func locked(_ id: ID<Lead>, in context: Context) async throws(Problem) -> Record<Lead> {
        _ = try await context.find(id)
        _ = try await context.read(
            """
            select l.id
            from sales.leads l
            where l.organization_id = \(try context.organization())::uuid and l.id = \(id.uuid)::uuid
            for update
            """)
        return try await context.find(id)
    }

    /// What the caller named; a contact brings its account along.
    private static func known(
        _ input: Values<Input>, in context: Context
    ) async throws(Problem) -> LeadConversion.Known {
        var known = LeadConversion.Known(account: input.account, contact: input.contact)
        if let account = input.account, try await context.find([account]).isEmpty {
            throw Problem.invalid("account_id", "reference_not_found")
        }
        guard let contact = input.contact else { return known }
        guard let found = try await context.find([contact]).first else {
            throw Problem.invalid("contact_id", "reference_not_found")
        }
        known.account = known.account ?? found.account
        return known
    }

    /// Asks which of the likely ones it is, where the caller named none and did not ask for new ones.
    private static func refuseLikely(
        _ lead: Record<Lead>, _ known: LeadConversion.Known, _ input: Values<Input>, in context: Context
    ) async throws(Problem) {
        let mayMakeAccount = known.account != nil || input.createAccount
        let mayMakeContact = known.contact != nil || input.createContact || input.createAccount
        guard !mayMakeAccount || !mayMakeContact else { return }
        let likely = try await ConversionMatches.find(for: lead, in: context)
        let matches = ConversionMatches(
            accounts: mayMakeAccount ? [] : likely.accounts, contacts: mayMakeContact ? [] : likely.contacts)
        guard !matches.accounts.isEmpty || !matches.contacts.isEmpty else { return }
        throw Problem(409, "matches_found", members: [(key: "proposals", value: matches.json)])
    }

    private static func deal(_ input: Values<Input>) -> [Assignment<Opportunity>] {
        var deal: [Assignment<Opportunity>] = []
        if let title = input.title { deal.append(.set(\.title, title)) }
        if let amount = input.amount { deal.append(.set(\.amount, amount)) }
        if case .text(let currency)? = input.contents["amount_currency"] {
            deal.append(.currency(of: \.amount, currency))
        }
        if let pipeline = input.pipeline { deal.append(.set(\.pipeline, pipeline)) }
        if let stage = input.stage { deal.append(.set(\.stage, stage)) }
        if let product = input.product { deal.append(.set(\.product, product)) }
        if let day = input.expectedCloseOn { deal.append(.set(\.expectedCloseOn, day)) }
        return deal
    }
}
