internal import Postgres
internal import Wire

extension RecordWriter {
    /// Puts a record into the bin, and what its references' rules say with it.
    func delete(_ id: UUIDv7) async throws(Problem) {
        let before = try await current(id)
        if let expected = context.request.expectedVersion, expected != before.version {
            throw try await stale(id, expected: expected, current: before.version)
        }
        try await runHooks(.delete, before)
        let organization = try context.organization()
        let references = context.runtime.registry.references[entity.name] ?? []
        let refusing = references.filter { $0.field.deleteRule == .refuse }
        let guards = refusing.map { reference -> SQL in
            """
            and not exists (select 1 from \(unsafeSQL: reference.entity.table) x
            where x.organization_id = \(organization)::uuid
            and x.\(identifier: reference.field.key) = \(id)::uuid
            and x.deleted_at is null)
            """
        }.joined(separator: "\n")
        var statements: [SQL] = [
            """
            update \(unsafeSQL: entity.table) t
            set deleted_at = now()
            where t.organization_id = \(organization)::uuid and t.id = \(id)::uuid and t.deleted_at is null
            and t.version = \(before.version)
            \(sql: guards)
            returning t.id
            """
        ]
        for reference in references where reference.field.deleteRule == .cascade {
            statements.append(cascade(reference.entity, reference.field, id, organization))
        }
        let results = try await context.write(statements)
        guard results[0].count == 1 else { throw try await refusal(id, refusing) }
    }

    /// Children follow only when the record itself went in this very transaction.
    private func cascade(
        _ child: EntityDefinition, _ field: FieldDefinition, _ id: UUIDv7, _ organization: UUIDv7
    ) -> SQL {
        """
        update \(unsafeSQL: child.table) x
        set deleted_at = now()
        where x.organization_id = \(organization)::uuid and x.\(identifier: field.key) = \(id)::uuid
        and x.deleted_at is null
        and exists (select 1 from \(unsafeSQL: entity.table) t
        where t.organization_id = \(organization)::uuid and t.id = \(id)::uuid
        and t.deleted_at = now()::timestamptz(3))
        """
    }

    private func refusal(
        _ id: UUIDv7, _ refusing: [(entity: EntityDefinition, field: FieldDefinition)]
    ) async throws(Problem) -> Problem {
        let organization = try context.organization()
        for reference in refusing {
            let rows = try await context.read(
                """
                select count(*) from \(unsafeSQL: reference.entity.table) x
                where x.organization_id = \(organization)::uuid
                and x.\(identifier: reference.field.key) = \(id)::uuid and x.deleted_at is null
                """)
            let count = rows.integer(0, 0) ?? 0
            guard count > 0 else { continue }
            let name = context.text("entity.\(reference.entity.name).many")
            return Problem(
                409, "referenced", ["count": "\(count)", "entity": name],
                members: [
                    (key: "referenced_by", value: .string(reference.entity.name)),
                    (key: "count", value: .number(JSONNumber(count))),
                ])
        }
        return Problem(409, "busy")
    }

    /// Takes a record out of the bin; a unique key taken meanwhile is a conflict.
    func restore(_ id: UUIDv7) async throws(Problem) -> Written {
        let before = try await current(id, deleted: true)
        try await runHooks(.restore, before)
        let select = RecordSelect(
            entity: entity, authorizer: context.authorizer, registry: context.runtime.registry)
        let statement: SQL = """
            update \(unsafeSQL: entity.table) t
            set deleted_at = null
            where t.organization_id = \(try context.organization())::uuid and t.id = \(id)::uuid
            and t.deleted_at is not null
            returning \(sql: select.expression("t")), t.id, t.version
            """
        let references = context.runtime.registry.references[entity.name] ?? []
        var statements = [statement]
        for reference in references where reference.field.deleteRule == .cascade {
            statements.append(try comeBack(reference.entity, reference.field, with: before))
        }
        do { return try written(try await context.write(statements)[0]) } catch {
            guard error.errors.contains(where: { $0.code == "taken" }) else { throw error }
            throw Problem(409, "restore_conflict", errors: error.errors)
        }
    }

    /// Children that went to the bin with the record come out with it.
    private func comeBack(
        _ child: EntityDefinition, _ field: FieldDefinition, with before: RecordState
    ) throws(Problem) -> SQL {
        let organization = try context.organization()
        return """
            update \(unsafeSQL: child.table) x
            set deleted_at = null
            where x.organization_id = \(organization)::uuid
            and x.\(identifier: field.key) = \(before.id)::uuid
            and x.deleted_at = \(sql: (before.contents["deleted_at"] ?? .null).sql)::timestamptz
            and exists (select 1 from \(unsafeSQL: entity.table) t
            where t.organization_id = \(organization)::uuid and t.id = \(before.id)::uuid
            and t.deleted_at is null)
            """
    }

    private func runHooks(_ kind: ChangeKind, _ before: RecordState) async throws(Problem) {
        let change = RecordChange(
            kind: kind, id: before.id, before: before, assigned: [:], isImport: context.isImport,
            now: context.now)
        let completed = try await ChangeCompletion(entity: entity, context: context).complete([change])[0]
        guard completed.errors.isEmpty else { throw Problem.invalid(completed.errors) }
    }
}
