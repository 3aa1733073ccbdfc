internal import Crypto
public import Wire

extension Context {
    /// Signs the cursors of the caller's organization; another's are no cursors here.
    var cursorKey: [UInt8] {
        hmacSHA256(Array((principal.organization ?? .zero).description.utf8), key: runtime.cursorKey)
    }

    /// The place that a client names in a list of a plugin's own; nil for its beginning. `list` is the list's
    /// name with its sort and filters: 400 `bad_cursor` for a place of another, or of another organization.
    public func place(_ cursor: String?, in list: [String]) throws(Problem) -> Cursor? {
        guard let cursor else { return nil }
        guard let place = Cursor(cursor, signedWith: cursorKey), place.fingerprint == Cursor.fingerprint(list)
        else { throw Problem.badQuery("cursor", "bad_cursor") }
        return place
    }

    /// The cursor of the place behind a row, by what the list is sorted by and the row's id.
    public func cursor(in list: [String], behind keys: [String?], _ id: UUIDv7) -> String {
        Cursor(fingerprint: Cursor.fingerprint(list), keys: keys, id: id, isBackward: false)
            .text(signedWith: cursorKey)
    }
}
