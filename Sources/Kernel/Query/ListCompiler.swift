internal import Postgres
internal import Wire

/// Compiles a list into statements of one batch: each gives the record's JSON, the sort keys and the id.
struct ListCompiler {
    let request: ListRequest
    let scope: Scope
    let context: Context

    /// Where a statement's rows stand among the nulls of a nullable first key.
    private enum Part { case whole, present, absent }

    /// The statement whose rows are the page and one more (reversed when backward).
    ///
    /// Of two parts the second is only run when the first has ended: an append runs its parts in order, as
    /// requests' sessions have no parallel plans.
    func statement(_ record: SQL, limit: Int) -> SQL {
        let parts = statements(record, limit: limit)
        guard parts.count > 1 else { return parts[0] }
        let united = parts.map { part -> SQL in "(\(sql: part))" }.joined(separator: "\nunion all\n")
        let names = (["record"] + (0..<max(1, keys.count)).map { "key_\($0)" } + ["id"]).joined(
            separator: ", ")
        return """
            select \(unsafeSQL: names)
            from (\(sql: united)) p (\(unsafeSQL: names))
            limit \(limit + 1)::bigint
            """
    }

    private func statements(_ record: SQL, limit: Int) -> [SQL] {
        parts.map { part in
            var conditions: [SQL] = [base]
            switch part {
            case .whole: break
            case .present: conditions.append("\(unsafeSQL: nullTest) is not null")
            case .absent: conditions.append("\(unsafeSQL: nullTest) is null")
            }
            if let after = keyset(part) { conditions.append(after) }
            return """
                select \(sql: record), \(unsafeSQL: keyTexts), t.id
                from \(unsafeSQL: request.entity.table) t
                where \(sql: conditions.joined(separator: "\nand "))
                order by \(unsafeSQL: order(part))
                limit \(limit + 1)::bigint\(unsafeSQL: offset)
                """
        }
    }

    /// Counts the list's rows.
    var countStatement: SQL { "select count(*) from \(unsafeSQL: request.entity.table) t where \(sql: base)" }

    /// The scope, the bin, the filter and the search.
    var base: SQL {
        var conditions: [SQL] = [scope.condition("t")]
        conditions.append(request.isDeleted ? "t.deleted_at is not null" : "t.deleted_at is null")
        let compiler = FilterCompiler(
            alias: "t", timeZone: context.principal.preferences.timeZone, now: context.now)
        if case .all(let parts) = request.filter, parts.isEmpty {
        } else {
            conditions.append(compiler.sql(request.filter))
        }
        if let search = request.search {
            conditions.append(
                "t.id = any(array(select s.id from kernel.search(\(request.entity.name), \(search), 1000) s))"
            )
        }
        return conditions.joined(separator: "\nand ")
    }

    /// Which connections serve it.
    var queryClass: QueryClass {
        let isShort =
            request.filter.isServed && request.sort.isServed && request.search == nil && request.count == nil
            && !isPaged && !request.isDeleted
        return isShort ? .short : .long
    }

    private var isPaged: Bool { if case .page = request.place { true } else { false } }
    private var isBackward: Bool {
        if case .cursor(let cursor) = request.place { cursor.isBackward } else { false }
    }
    private var cursor: Cursor? { if case .cursor(let cursor) = request.place { cursor } else { nil } }
    private var keys: [Sort.Key] { request.sort.keys }
    private var nullTest: String { keys.first.map { Columns.expression($0.field, "t") } ?? "t.id" }

    private var offset: String {
        guard case .page(let page) = request.place else { return "" }
        return " offset \((page - 1) * request.limit)"
    }

    private var keyTexts: String {
        guard !keys.isEmpty else { return "null" }
        return keys.map { key -> String in
            key.field.kind == .instant
                ? Columns.instant(Columns.expression(key.field, "t")) : "(\(key.expression))::text"
        }.joined(separator: ", ")
    }

    /// One nullable key pages in two parts by its index; nulls stand last in either direction (data.md).
    private var parts: [Part] {
        guard keys.count == 1, let key = keys.first, key.isNullable, !isPaged else { return [.whole] }
        guard let cursor else { return [.present, .absent] }
        let isAmongNulls = cursor.keys.first.flatMap { $0 } == nil
        if isBackward { return isAmongNulls ? [.absent, .present] : [.present] }
        return isAmongNulls ? [.absent] : [.present, .absent]
    }

    private func order(_ part: Part) -> String {
        let flip = isBackward
        var terms: [String] =
            part == .absent
            ? []
            : keys.map { key in
                let direction = key.isDescending != flip ? "desc" : "asc"
                guard key.isNullable, part == .whole else { return "\(key.expression) \(direction)" }
                return "\(key.expression) \(direction) nulls \(flip ? "first" : "last")"
            }
        terms.append("t.id \(request.sort.isIDDescending != flip ? "desc" : "asc")")
        return terms.joined(separator: ", ")
    }

    /// The rows behind (or, backward, before) the cursor's place.
    private func keyset(_ part: Part) -> SQL? {
        guard let cursor, cursor.keys.count == max(1, keys.count) else { return nil }
        let id: SQL =
            "t.id \(unsafeSQL: request.sort.isIDDescending != isBackward ? "<" : ">") \(cursor.id)::uuid"
        if keys.isEmpty { return id }
        if part != .whole {
            let isAmongNulls = cursor.keys[0] == nil
            if part == .absent { return isAmongNulls ? id : nil }
            if isAmongNulls { return nil }
        }
        if keys.count == 1, let key = keys.first, let text = cursor.keys[0],
            part == .present || !key.isNullable,
            key.isDescending == request.sort.isIDDescending
        {
            let comparison = key.isDescending != isBackward ? "<" : ">"
            return
                "(\(unsafeSQL: key.expression), t.id) \(unsafeSQL: comparison) (\(sql: key.bound(text)), \(cursor.id)::uuid)"
        }
        return lexicographic(cursor, id: id)
    }

    /// `a beyond x or (a same x and (b beyond y or …))`, nulls last.
    private func lexicographic(_ cursor: Cursor, id: SQL) -> SQL {
        var condition = id
        for (key, text) in zip(keys, cursor.keys).reversed() {
            let name: SQL = "\(unsafeSQL: key.expression)"
            let comparison = key.isDescending != isBackward ? "<" : ">"
            if let text {
                let bound = key.bound(text)
                let nulls: SQL = key.isNullable && !isBackward ? " or \(sql: name) is null" : ""
                condition =
                    "(\(sql: name) \(unsafeSQL: comparison) \(sql: bound)\(sql: nulls) or (\(sql: name) = \(sql: bound) and \(sql: condition)))"
            } else {
                let others: SQL = isBackward ? "\(sql: name) is not null or " : ""
                condition = "(\(sql: others)(\(sql: name) is null and \(sql: condition)))"
            }
        }
        return condition
    }
}
