internal import Wire

extension Grant {
    /// What a key of the holder may do: nothing that the holder may not, nothing beyond the key's own limits,
    /// and never all that an administrator may, whatever permissions are added later.
    func capped(by key: JSON?) -> Grant {
        var allowed = scopes
        if let cap = key?["cap"]?.objectValue {
            allowed = [:]
            for (permission, text) in cap.entries {
                guard let level = text.stringValue.flatMap({ ScopeLevel(rawValue: $0) }) else { continue }
                allowed[permission] = min(level, scope(of: permission))
            }
        }
        var unseen = hidden
        var unwritten = readOnly
        for item in key?["fields"]?.arrayValue ?? [] {
            guard let entity = item["entity"]?.stringValue, let field = item["field"]?.stringValue else {
                continue
            }
            if item["access"]?.stringValue == "hidden" { unseen.insert("\(entity).\(field)") }
            unwritten.insert("\(entity).\(field)")
        }
        return Grant(
            scopes: allowed, hidden: unseen, readOnly: unwritten, roleID: roleID, roleKey: roleKey)
    }
}
