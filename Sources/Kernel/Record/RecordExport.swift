internal import HTTP
internal import Postgres
internal import Tabular
internal import Wire

/// Answers `GET /{entity}/export`: all that the list would give, every page of it, as a file.
struct RecordExport {
    let entity: EntityDefinition
    let call: Call

    private var context: Context { call.context }

    /// The file; what is exported, by whom, stands in the security audit before its first byte.
    func answer() async throws(Problem) -> Answer {
        let scope = try context.authorizer.reading(entity)
        try await context.demandVerified()
        let query = try call.query()
        for name in ["limit", "cursor", "page", "count", "include"]
        where query.contains(where: { $0.name == name }) {
            throw Problem.badQuery(name, "unknown_parameter")
        }
        let request = try ListRequest(
            query, entity: entity, registry: context.runtime.registry, grant: context.principal.grant,
            cursorKey: context.runtime.cursorKey, extra: ["format", "fields"])
        guard let format = ExportFormat(rawValue: request.extra["format"] ?? "csv") else {
            throw Problem.badQuery(
                "format", "not_a_choice",
                expected: ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let content = try content(request, format)
        try await context.securityEvent("export", detail: detail(query, format))
        let rows = ExportQuery(request: request, scope: scope, context: context)
        let body: Response.Body
        switch content {
        case .members(let only): body = ExportDocument(query: rows, request: request, only: only).body
        case .columns(let columns):
            let table = ExportTable(query: rows, columns: columns, format: format)
            body = format == .csv ? table.lines : try await ExportFile(table: table).body()
        }
        let name = "\(entity.path)-\(String(context.now.description.prefix(10))).\(format.rawValue)"
        return Answer(media: format.media, body: body).with(
            "Content-Disposition", "attachment; filename=\"\(name)\"")
    }

    /// What of each record is told.
    private enum Content {
        case members(Set<String>?)
        case columns([ExportColumn])
    }

    private func content(_ request: ListRequest, _ format: ExportFormat) throws(Problem) -> Content {
        guard format == .json else {
            return .columns(
                try ExportColumns(request: request, context: context, format: format).chosen())
        }
        let parser = FilterParser(entity: entity, grant: context.principal.grant)
        return .members(
            try ListRequest.fields(request.extra["fields"], entity: entity, parser: parser))
    }

    /// Which records were asked for, without what was searched: that may name people.
    private func detail(_ query: [(name: String, value: String)], _ format: ExportFormat) -> JSON {
        [
            "entity": .string(entity.name), "format": .string(format.rawValue),
            "parameters": .array(Set(query.map(\.name)).sorted().map { .string($0) }),
        ]
    }
}
