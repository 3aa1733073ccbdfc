internal import Crypto
internal import Kernel
internal import Wire

/// Tokens of mailed links.
///
/// They are made from the installation's secret and an id, so that the job that mails one keeps none in the
/// database, and sends the same again when it has to run again.
enum LinkToken {
    /// What the token opens.
    enum Purpose: String { case verify, reset, invitation }

    /// 256 bits as base 64 for URLs.
    static func make(_ purpose: Purpose, _ id: UUIDv7, in context: Context) -> String {
        let key = hmacSHA256(Array("link_tokens".utf8), key: context.runtime.configuration.secretKey)
        return Base64.encode(hmacSHA256(Array("\(purpose.rawValue) \(id)".utf8), key: key), url: true)
    }

    /// An invitation's, which names its organization in front: whoever accepts is in none yet.
    static func invitation(_ id: UUIDv7, of organization: UUIDv7, in context: Context) -> String {
        "\(organization).\(make(.invitation, id, in: context))"
    }
}
