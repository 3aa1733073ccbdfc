internal import Postgres
public import Wire

/// Reads principals out of the database.
struct PrincipalLoader {
    let runtime: Runtime

    /// The principal of a session in its organization; nil when either has ended.
    func principal(session: UUIDv7, organization: UUIDv7?) async throws(Problem) -> Principal? {
        let statement: SQL =
            if let organization {
                "select platform.load_principal(\(session)::uuid, \(organization)::uuid)"
            } else {
                "select platform.load_session_user(\(session)::uuid)"
            }
        let anonymous = Context(
            runtime: runtime, principal: .anonymous, request: RequestInfo(id: ""), now: runtime.clock.now())
        let rows = try await anonymous.read(statement)
        guard rows.count == 1, let json = rows.json(0, 0) else { return nil }
        return principal(json, kind: .user, session: session, organization: organization)
    }

    /// Who of the vendor's realm a session is of; nil when it has ended.
    func vendor(session: UUIDv7) async throws(Problem) -> Principal? {
        let anonymous = Context(
            runtime: runtime, principal: .anonymous, request: RequestInfo(id: ""), now: runtime.clock.now())
        let rows = try await anonymous.read(
            "select v.id, v.email, v.name, v.role from platform.load_vendor(\(session)::uuid) as v")
        guard rows.count == 1, let user = rows.id(0, 0),
            let role = rows[0, 3].flatMap({ VendorRole(rawValue: $0) })
        else { return nil }
        return Principal(
            kind: .vendor, user: user, session: session, organization: nil, name: rows[0, 2] ?? "",
            email: rows[0, 1] ?? "", isVerified: true, grant: .nothing, preferences: Preferences(),
            plugins: [], vendorRole: role)
    }

    /// A key's holder with the rights that both have, or why the key is refused; nil when there is no such
    /// key.
    func principal(_ key: KeyToken) async throws(Problem) -> KeyJudgement? {
        let now = runtime.clock.now()
        let anonymous = Context(
            runtime: runtime, principal: .anonymous, request: RequestInfo(id: ""), now: now)
        let rows = try await anonymous.read(
            "select platform.load_key(\(key.organization)::uuid, \(key.digest)::bytea, \(now))")
        guard rows.count == 1, let json = rows.json(0, 0) else { return nil }
        return judgement(json, kind: .key, organization: key.organization)
    }

    private func judgement(_ json: JSON, kind: Principal.Kind, organization: UUIDv7) -> KeyJudgement? {
        guard let described = json["key"],
            let id = described["id"]?.stringValue.flatMap({ UUIDv7($0) }),
            let member = described["member_id"]?.stringValue.flatMap({ UUIDv7($0) })
        else { return nil }
        let use = Principal.KeyUse(
            id: id, expiresAt: described["expires_at"]?.integerValue.map { Instant(milliseconds: $0) })
        guard described["state"] == "live",
            let holder = principal(
                json, kind: kind, session: nil, organization: organization, key: use)
        else { return .refused(id: id, member: member, isExpired: described["state"] == "expired") }
        return .live(holder)
    }

    /// What a key is good for.
    enum KeyJudgement {
        case live(Principal)
        case refused(id: UUIDv7, member: UUIDv7, isExpired: Bool)
    }

    /// A member's principal in the context's organization; nil when the membership is not active.
    func principal(of member: UUIDv7, in context: Context) async throws(Problem) -> Principal? {
        let organization = try context.organization()
        let rows = try await context.read("select kernel.load_member(\(member)::uuid)")
        guard rows.count == 1, let json = rows.json(0, 0) else { return nil }
        return principal(json, kind: .job, session: nil, organization: organization)
    }

    /// The holder of a key of the context's organization with the rights that both have, for work that the
    /// key asked for; nil when the key has ended.
    func principal(byKey key: UUIDv7, in context: Context) async throws(Problem) -> Principal? {
        let organization = try context.organization()
        let rows = try await context.read(
            "select platform.load_key_by_id(\(key)::uuid, \(context.now))")
        guard rows.count == 1, let json = rows.json(0, 0),
            case .live(let holder)? = judgement(json, kind: .job, organization: organization)
        else { return nil }
        return holder
    }

    /// The platform itself in an organization that is being made or joined.
    func platform(in organization: UUIDv7, user: UUIDv7?, preferences: Preferences) -> Principal {
        Principal(
            kind: .system, user: user, session: nil, organization: organization, name: "", email: "",
            isVerified: true,
            grant: everything, preferences: preferences, plugins: Set(runtime.registry.manifests.map(\.id)))
    }

    /// The organization's settings and plugins, for a principal that is no member.
    func system(in organization: UUIDv7, user: UUIDv7?) async throws(Problem) -> Principal {
        guard user == nil else { return try await readSystem(in: organization, user: user) }
        let key = PrincipalCache.Key(bearer: .system, organization: organization)
        let kept = try await runtime.principals.principal(key) { () async throws(Problem) -> Principal? in
            try await readSystem(in: organization, user: nil)
        }
        guard let kept else { throw Problem.notFound }
        return kept
    }

    private func readSystem(in organization: UUIDv7, user: UUIDv7?) async throws(Problem) -> Principal {
        let bare = platform(in: organization, user: user, preferences: Preferences())
        let context = Context(
            runtime: runtime, principal: bare, request: RequestInfo(id: ""), now: runtime.clock.now())
        let rows = try await context.read(
            """
            select jsonb_build_object(
                'plugins', coalesce((
                    select jsonb_agg(p.plugin)
                    from kernel.installed_plugins p
                    where p.organization_id = \(organization)::uuid and p.is_on), '[]'),
                'settings', coalesce((
                    select jsonb_object_agg(s.key, s.value)
                    from kernel.settings s
                    where s.organization_id = \(organization)::uuid and s.user_id is null
                    and s.key <> 'logo'), '{}'))
            """)
        let json = rows.json(0, 0) ?? .null
        return Principal(
            kind: .system, user: user, session: nil, organization: organization, name: "", email: "",
            isVerified: true,
            grant: everything, preferences: preferences(json), plugins: plugins(json))
    }

    private var everything: Grant { runtime.registry.everything }

    private func principal(
        _ json: JSON, kind: Principal.Kind, session: UUIDv7?, organization: UUIDv7?,
        key: Principal.KeyUse? = nil
    ) -> Principal? {
        guard let user = json["user"]?["id"]?.stringValue.flatMap({ UUIDv7($0) }) else { return nil }
        let isDemanded = json["settings"]?["require_two_factor"]?.boolValue == true
        return Principal(
            kind: kind, user: user, session: session, organization: organization,
            name: json["user"]?["name"]?.stringValue ?? "", email: json["user"]?["email"]?.stringValue ?? "",
            isVerified: json["user"]?["email_verified"]?.boolValue ?? false,
            grant: key == nil ? grant(json) : grant(json).capped(by: json["key"]),
            preferences: preferences(json), plugins: plugins(json), key: key,
            lacksSecondFactor: isDemanded && json["user"]?["two_factor"]?.boolValue == false,
            isSuspended: json["organization"]?["status"] == "suspended")
    }

    private func grant(_ json: JSON) -> Grant {
        let membership = json["membership"]
        let roleKey = membership?["role_key"]?.stringValue
        let roleID = membership?["role_id"]?.stringValue.flatMap { UUIDv7($0) }
        if roleKey == BuiltInRole.orgAdmin.rawValue {
            return Grant(scopes: everything.scopes, isAdmin: true, roleID: roleID, roleKey: roleKey)
        }
        var scopes: [String: ScopeLevel] = [:]
        for item in json["grants"]?.arrayValue ?? [] {
            guard let permission = item["permission"]?.stringValue,
                let level = item["scope"]?.stringValue.flatMap({ ScopeLevel(rawValue: $0) })
            else { continue }
            scopes[permission] = level
        }
        scopes.merge(runtime.registry.impliedPermissions, uniquingKeysWith: max)
        var hidden: Set<String> = []
        var readOnly: Set<String> = []
        for item in json["fields"]?.arrayValue ?? [] {
            guard let entity = item["entity"]?.stringValue, let field = item["field"]?.stringValue else {
                continue
            }
            if item["access"]?.stringValue == "hidden" { hidden.insert("\(entity).\(field)") }
            readOnly.insert("\(entity).\(field)")
        }
        return Grant(scopes: scopes, hidden: hidden, readOnly: readOnly, roleID: roleID, roleKey: roleKey)
    }

    private func preferences(_ json: JSON) -> Preferences {
        var preferences = Preferences()
        let settings = json["settings"]
        let personal = json["membership"]?["locale"]?.stringValue ?? json["user"]?["locale"]?.stringValue
        if let locale = settings?["locale"]?.stringValue { preferences.organizationLocale = locale }
        preferences.locale = personal ?? preferences.organizationLocale
        if let zone = settings?["time_zone"]?.stringValue { preferences.timeZone = zone }
        if let currency = settings?["currency"]?.stringValue { preferences.currency = currency }
        preferences.isLarge = (json["organization"]?["row_estimate"]?.integerValue ?? 0) > 50_000
        preferences.corsOrigins = settings?["cors_origins"]?.arrayValue?.compactMap(\.stringValue) ?? []
        return preferences
    }

    /// Plugins that are on, with those that always are.
    private func plugins(_ json: JSON) -> Set<String> {
        var names = Set((json["plugins"]?.arrayValue ?? []).compactMap(\.stringValue))
        for manifest in runtime.registry.manifests where !manifest.isOptional { names.insert(manifest.id) }
        return names
    }
}

extension Context {
    /// The same request as the platform itself, in an organization, with every permission and every plugin:
    /// for flows that make or join an organization. `preferences` are those that the organization is being
    /// given.
    public func acting(
        in organization: UUIDv7, user: UUIDv7? = nil, preferences: Preferences = Preferences()
    ) -> Context {
        with(
            PrincipalLoader(runtime: runtime).platform(in: organization, user: user, preferences: preferences)
        )
    }

    /// The same with the organization's own settings and plugins, as they are kept: for background work.
    public func working(in organization: UUIDv7, user: UUIDv7? = nil) async throws(Problem) -> Context {
        with(try await PrincipalLoader(runtime: runtime).system(in: organization, user: user))
    }

    /// The same request as a member with exactly that member's rights; nil when not active.
    public func acting(asMember member: UUIDv7) async throws(Problem) -> Context? {
        try await principal(of: member).map { with($0) }
    }

    func principal(of member: UUIDv7) async throws(Problem) -> Principal? {
        try await PrincipalLoader(runtime: runtime).principal(of: member, in: self)
    }

    func with(_ principal: Principal) -> Context {
        Context(
            runtime: runtime, principal: principal, request: request, now: now, transaction: transaction,
            isImport: isImport)
    }
}
