internal import Crypto
internal import Postgres
internal import Wire

/// A signing key as the database keeps it: its PEM sealed with a key that the database has never seen.
struct StoredKey {
    let id: String
    let box: [UInt8]
    let createdAt: Instant
    let isRetired: Bool

    init?(_ rows: Rows, _ row: Int) {
        guard let id = rows[row, 0], let box = rows.binary(row, 1), let createdAt = rows.instant(row, 2)
        else {
            return nil
        }
        self.id = id
        self.box = box
        self.createdAt = createdAt
        isRetired = !rows.isNull(row, 3)
    }

    /// The key itself; the box is tied to the key's id.
    func open(with sealing: SealingKey) throws(CryptoError) -> SigningKey {
        let pem = try sealing.open(box, context: Array(id.utf8))
        return try SigningKey(pem: String(decoding: pem, as: UTF8.self))
    }

    /// The box of a key that is not kept yet.
    static func seal(_ key: SigningKey, with sealing: SealingKey) throws(CryptoError) -> [UInt8] {
        try sealing.seal(Array(key.pem.utf8), context: Array(key.keyID.utf8))
    }
}
