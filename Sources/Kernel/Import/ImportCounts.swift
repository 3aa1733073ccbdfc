internal import Wire

/// What became, or would become, of an import's rows.
struct ImportCounts: Sendable, Equatable {
    var create: Int64 = 0
    var update: Int64 = 0
    var skip: Int64 = 0
    var error: Int64 = 0

    /// No row yet.
    init() {}

    /// As the database keeps it.
    init(_ json: JSON?) {
        create = json?["create"]?.integerValue ?? 0
        update = json?["update"]?.integerValue ?? 0
        skip = json?["skip"]?.integerValue ?? 0
        error = json?["error"]?.integerValue ?? 0
    }

    /// As the API and the database write it.
    var json: JSON {
        [
            "create": .number(JSONNumber(create)), "update": .number(JSONNumber(update)),
            "skip": .number(JSONNumber(skip)), "error": .number(JSONNumber(error)),
        ]
    }

    static func += (left: inout ImportCounts, right: ImportCounts) {
        left.create += right.create
        left.update += right.update
        left.skip += right.skip
        left.error += right.error
    }
}
