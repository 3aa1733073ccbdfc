internal import Crypto
internal import Wire

extension Context {
    /// Signs the cursors of the caller's organization; another's are no cursors here.
    var cursorKey: [UInt8] {
        hmacSHA256(Array((principal.organization ?? .zero).description.utf8), key: runtime.cursorKey)
    }
}
