internal import Wire

/// One page of a list that has no sort but its ids, the newest first.
struct NewestFirst {
    let limit: Int
    /// The last one of the page before.
    private(set) var before: UUIDv7?
    private let fingerprint: String
    private let key: [UInt8]

    /// `filters` are those of the list, its name first; 400 for a cursor that was made for others.
    init(_ filters: [String], limit: Int64, cursor: String?, in context: Context) throws(Problem) {
        self.limit = Int(limit)
        fingerprint = Cursor.fingerprint(filters)
        key = context.cursorKey
        guard let cursor else { return }
        guard let read = Cursor(cursor, signedWith: key), read.fingerprint == fingerprint else {
            throw Problem.badQuery("cursor", "bad_cursor")
        }
        before = read.id
    }

    /// Rows to be read: one more than is shown tells whether more follow.
    var wanted: Int { limit + 1 }

    /// The answer; `ids` are those of all rows that were read, shown or not, `more` further members of
    /// `page`.
    func answer(_ data: [JSON], ids: [UUIDv7], _ more: [(key: String, value: JSON)] = []) -> Answer {
        var next: JSON = .null
        if ids.count > limit {
            let cursor = Cursor(fingerprint: fingerprint, keys: [], id: ids[limit - 1], isBackward: false)
            next = .string(cursor.text(signedWith: key))
        }
        var page = JSONObject()
        page["limit"] = .number(JSONNumber(Int64(limit)))
        page["next"] = next
        page["previous"] = .null
        page["total"] = .null
        page["estimated"] = false
        for (key, value) in more { page[key] = value }
        return .json(["data": .array(data), "page": .object(page)])
    }
}
