internal import Crypto
public import Postgres
internal import Synchronization
public import Wire

/// Signs and checks access tokens: JWT by ES256, as the contract of the API lays them out.
///
/// A class because every loop shares the keys and the cache. Keys live in the database, sealed; every process
/// reads them at start and once a minute, and a new key signs only when all have had time to learn of it.
public final class TokenKeys: Sendable {
    /// Seconds that an access token holds.
    public static let lifetime: Int64 = 900
    /// Seconds between a key's making and its first signature.
    private static let announcement: Int64 = 120

    private struct Keys {
        var all: [(key: SigningKey, createdAt: Instant)] = []
        var cache = ClaimsCache(half: 8192)
    }

    private let issuer: String
    private let sealingBytes: [UInt8]
    private let keys = Mutex(Keys())

    /// No key is known before `load`. `publicURL` becomes the issuer.
    public init(publicURL: String, secretKey: [UInt8]) {
        issuer = publicURL
        sealingBytes = hmacSHA256(Array("signing_keys".utf8), key: secretKey)
    }

    /// Reads the keys, and makes the first where there is none; called at start and once a minute.
    ///
    /// Throws `TokenKeysFault` when the key that signs was sealed with another secret, or the database's
    /// error.
    public func load(from database: Database, now: Instant) async throws {
        var stored = try await read(database)
        if !stored.contains(where: { !$0.isRetired }) {
            try await offer(to: database, now: now)
            stored = try await read(database)
        }
        let sealing = try SealingKey(sealingBytes)
        var opened: [(key: SigningKey, createdAt: Instant)] = []
        for entry in stored {
            if let key = try? entry.open(with: sealing) {
                opened.append((key: key, createdAt: entry.createdAt))
            } else if !entry.isRetired {
                throw TokenKeysFault.sealedWithAnotherSecret
            }
        }
        let current = opened
        keys.withLock { $0.all = current }
    }

    /// Makes a new key; the others retire and go on being accepted for the tokens that they have signed.
    public func rotate(in database: Database, now: Instant) async throws {
        let key = try SigningKey.generate()
        let box = try StoredKey.seal(key, with: SealingKey(sealingBytes))
        _ = try await database.write(
            SessionSettings(), ["select platform.rotate_signing_key(\(key.keyID), \(box)::bytea, \(now))"])
        try await load(from: database, now: now)
    }

    /// A token for a session, valid for `lifetime` from `now`.
    public func issue(user: UUIDv7, session: UUIDv7, organization: UUIDv7?, now: Instant) throws(Problem)
        -> String
    {
        var claims = claims(user: user, session: session, for: .api, now: now)
        if let organization { claims["org"] = .string(organization.description) }
        return try sign(claims, now: now)
    }

    /// A token for a session of the vendor's realm, valid as long.
    public func issueForVendor(user: UUIDv7, session: UUIDv7, now: Instant) throws(Problem) -> String {
        try sign(claims(user: user, session: session, for: .vendor, now: now), now: now)
    }

    private func claims(user: UUIDv7, session: UUIDv7, for audience: TokenAudience, now: Instant)
        -> JSONObject
    {
        let seconds = now.milliseconds / 1000
        var claims = JSONObject()
        claims["iss"] = .string(issuer)
        claims["aud"] = .string(audience.rawValue)
        claims["sub"] = .string(user.description)
        claims["sid"] = .string(session.description)
        claims["iat"] = .number(JSONNumber(seconds))
        claims["exp"] = .number(JSONNumber(seconds + Self.lifetime))
        return claims
    }

    private func sign(_ claims: JSONObject, now: Instant) throws(Problem) -> String {
        guard let key = signingKey(at: now), let token = try? JWT.issue(.object(claims), with: key) else {
            throw Problem.unavailable
        }
        return token
    }

    /// The claims of a token of ours for `audience`; 401 `token_expired` past its time and `unauthenticated`
    /// for anything else.
    public func verify(_ token: String, for audience: TokenAudience = .api, now: Instant) throws(Problem)
        -> AccessClaims
    {
        guard token.utf8.count <= JWT.longest else { throw Problem.badToken }
        let digest = ClaimsCache.Digest(sha256(Array(token.utf8)))
        let (known, all) = keys.withLock { ($0.cache[digest], $0.all) }
        if let known {
            guard known.audience == audience else { throw Problem.badToken }
            guard now < known.expiresAt else { throw Problem.expiredToken }
            return known
        }
        let claims = try check(token, all.map(\.key.verifyingKey), for: audience, now: now)
        keys.withLock { $0.cache.keep(claims, under: digest) }
        return claims
    }

    /// The public halves, as `/.well-known/jwks.json` shows them (RFC 7517).
    public func jwks() -> JSON {
        let all = keys.withLock { $0.all }
        return ["keys": .array(all.map(\.key.publicJWK))]
    }

    private func check(
        _ token: String, _ verifying: [VerifyingKey], for audience: TokenAudience, now: Instant
    ) throws(Problem) -> AccessClaims {
        do throws(JWTError) {
            let claims = try JWT.verify(
                token, with: verifying, now: now, issuer: issuer, audience: audience.rawValue)
            guard let access = AccessClaims(claims, audience: audience) else { throw JWTError.malformed }
            return access
        } catch {
            throw error == .expired ? Problem.expiredToken : Problem.badToken
        }
    }

    /// The newest key that every process knows by now; at the very first start, the only one.
    private func signingKey(at now: Instant) -> SigningKey? {
        let all = keys.withLock { $0.all }
        return (all.first { $0.createdAt.adding(seconds: Self.announcement) <= now } ?? all.last)?.key
    }

    private func read(_ database: Database) async throws -> [StoredKey] {
        let rows = try await database.read(
            SessionSettings(isReadOnly: true), .short,
            ["select k.id, k.secret, k.created_at, k.retired_at from platform.list_signing_keys() as k"])[0]
        return (0..<rows.count).compactMap { StoredKey(rows, $0) }
    }

    private func offer(to database: Database, now: Instant) async throws {
        let key = try SigningKey.generate()
        let box = try StoredKey.seal(key, with: SealingKey(sealingBytes))
        _ = try await database.write(
            SessionSettings(), ["select platform.offer_signing_key(\(key.keyID), \(box)::bytea, \(now))"])
    }
}

/// Why the keys can't be used.
public enum TokenKeysFault: Error, Sendable, CustomStringConvertible {
    /// The secret key of the configuration is not the one that the signing keys were sealed with.
    case sealedWithAnotherSecret

    public var description: String {
        "the signing keys were sealed with another secret key: give that one back, or rotate the keys"
    }
}

extension Problem {
    static let badToken = Problem(401, "unauthenticated", headers: [("WWW-Authenticate", "Bearer")])
    static let expiredToken = Problem(
        401, "token_expired", headers: [("WWW-Authenticate", "Bearer error=\"invalid_token\"")])
}
