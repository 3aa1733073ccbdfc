internal import HTTP
internal import Postgres
internal import Wire

extension Problem {
    /// What a failed statement means to the request's sender; what it can't mean is logged and a 500.
    init(_ error: SQLError, in runtime: Runtime) {
        let fault = ConstraintFault(error, registry: runtime.registry)
        switch error.state {
        case .uniqueViolation where error.table == "idempotency_keys": self = Problem(409, "idempotency_race")
        case .uniqueViolation:
            self = fault.isPrimaryKey ? .idTaken : .invalid(fault.field, "taken")
        case .foreignKeyViolation: self = .invalid(fault.field, "reference_not_found")
        case .checkViolation, .exclusionViolation, .restrictViolation:
            self = .invalid(fault.field, "not_allowed")
        case .notNullViolation: self = .invalid(error.column ?? "", "required")
        case .lockNotAvailable: self = Problem(409, "lock_not_available", headers: [("Retry-After", "1")])
        case .serializationFailure, .deadlock, .expectationFailed:
            self = Problem(409, "busy", headers: [("Retry-After", "1")])
        case .invalidText, .numericOutOfRange, .stringTooLong, .datetimeOverflow, .invalidDatetime,
            .characterNotInRepertoire, .divisionByZero:
            self = .invalid(error.column ?? "", "invalid_value")
        case .programLimitExceeded: self = Problem(400, "query_too_complex")
        case .queryCanceled: self = Problem(503, "query_timeout", headers: [("Retry-After", "5")])
        case .raiseException where error.hint != nil: self = .invalid(fault.field, error.hint ?? "")
        case .poolExhausted, .poolStopped, .adminShutdown, .connectionFailure, .cannotConnect:
            self = error.outcome == .unknown ? .outcomeUnknown : .unavailable
        default:
            if error.outcome == .unknown {
                self = .outcomeUnknown
            } else {
                runtime.log.line(
                    .error, "sql.failed",
                    [
                        ("state", .string(error.state.code)),
                        ("table", error.table.map { .string($0) } ?? .null),
                        ("constraint", error.constraint.map { .string($0) } ?? .null),
                    ])
                self = Problem(500, "internal")
            }
        }
    }

    /// What went wrong while a request's body was read.
    init(_ error: HTTPError) {
        switch error {
        case .tooLarge(let limit):
            self = Problem(
                413, "too_large", ["maximum": "\(limit)"],
                members: [(key: "maximum", value: .number(JSONNumber(limit)))])
        case .tooManyParts(let limit): self = Problem(413, "too_many_parts", ["maximum": "\(limit)"])
        case .malformed: self = Problem(400, "malformed_body")
        case .timedOut: self = Problem(408, "body_timeout")
        case .disconnected: self = Problem(400, "disconnected")
        case .notMultipart: self = Problem(415, "unsupported_media_type", ["expected": "multipart/form-data"])
        case .storage: self = Problem(503, "storage_full", headers: [("Retry-After", "60")])
        }
    }
}

/// Finds the field that a constraint named `<table>_<column>_<kind>` speaks of.
private struct ConstraintFault {
    let field: String
    let isPrimaryKey: Bool

    init(_ error: SQLError, registry: Registry) {
        let name = error.constraint ?? ""
        isPrimaryKey = name.hasSuffix("_pkey")
        let table = error.table ?? ""
        var column = name.hasPrefix("\(table)_") ? String(name.dropFirst(table.count + 1)) : name
        for kind in ["_key", "_fkey", "_check", "_excl"] where column.hasSuffix(kind) {
            column = String(column.dropLast(kind.count))
        }
        if column.hasSuffix("_key") { column = String(column.dropLast(4)) }
        let entity = registry.entities.first { $0.table.hasSuffix(".\(table)") }
        let known = entity?.fields.contains { $0.key == column } ?? false
        field =
            known ? column : entity?.fields.first { column.contains($0.key) }?.key ?? (known ? column : "")
    }
}
