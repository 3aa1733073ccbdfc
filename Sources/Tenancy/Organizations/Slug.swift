internal import Kernel

/// An organization's name in addresses: small letters, digits and single dashes.
enum Slug {
    static let longest = 63

    /// Kept for the product itself, for hosts and paths that would be mistaken for an organization's.
    static let reserved: Set<String> = [
        "about", "account", "accounts", "admin", "administrator", "api", "app", "assets", "auth", "billing",
        "blog",
        "cdn", "console", "dashboard", "demo", "dev", "docs", "download", "email", "files", "ftp", "health",
        "help",
        "home", "imap", "info", "internal", "invitation", "invite", "legal", "localhost", "login", "logout",
        "mail",
        "me", "metrics", "new", "news", "null", "oauth", "openapi", "operator", "owner", "platform", "pop",
        "portal",
        "postmaster", "pricing", "privacy", "public", "register", "reset", "root", "sales", "security",
        "settings",
        "setup", "shop", "signin", "signup", "smtp", "sso", "staging", "static", "status", "store",
        "stratikey",
        "stream", "support", "system", "team", "terms", "test", "undefined", "user", "users", "vendor",
        "verify",
        "webhook", "webhooks", "webmaster", "well-known", "ws", "www",
    ]

    /// The code of what is wrong with a slug that somebody chose, for `Field.validated`.
    static func fault(_ value: Value) -> String? {
        guard let slug = value.textValue else { return nil }
        guard slug.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, (2...longest).contains(slug.utf8.count)
        else {
            return "bad_slug"
        }
        return reserved.contains(slug) ? "reserved_slug" : nil
    }

    /// A slug from a name without case and accents, as `kernel.fold` gives it.
    static func made(from folded: String) -> String {
        let words = folded.utf8.split { byte in
            !(0x30...0x39).contains(byte) && !(0x61...0x7a).contains(byte)
        }
        var slug = words.prefix(8).map { String(decoding: $0.prefix(30), as: UTF8.self) }.joined(
            separator: "-")
        slug = String(slug.prefix(50))
        while slug.hasSuffix("-") { slug.removeLast() }
        if slug.utf8.count < 2 || reserved.contains(slug) {
            slug = slug.isEmpty ? "organization" : "\(slug)-organization"
        }
        return slug
    }
}
