extension JSONWriter {
    /// Writes a member with a string; nil writes `null`.
    public mutating func field(_ key: String, _ value: String?) {
        self.key(key)
        if let value { string(value) } else { null() }
    }

    /// Writes a member with a whole number; nil writes `null`.
    public mutating func field(_ key: String, _ value: Int64?) {
        self.key(key)
        if let value { integer(value) } else { null() }
    }

    /// Writes a member with a whole number; nil writes `null`.
    public mutating func field(_ key: String, _ value: Int?) {
        field(key, value.map(Int64.init))
    }

    /// Writes a member with a truth value; nil writes `null`.
    public mutating func field(_ key: String, _ value: Bool?) {
        self.key(key)
        if let value { bool(value) } else { null() }
    }

    /// Writes a member with an id; nil writes `null`.
    public mutating func field(_ key: String, _ value: UUIDv7?) {
        self.key(key)
        if let value { id(value) } else { null() }
    }

    /// Writes a member with an instant; nil writes `null`.
    public mutating func field(_ key: String, _ value: Instant?) {
        self.key(key)
        if let value { instant(value) } else { null() }
    }

    /// Writes a member with a date; nil writes `null`.
    public mutating func field(_ key: String, _ value: CivilDate?) {
        self.key(key)
        if let value { date(value) } else { null() }
    }

    /// Writes a member with any value; nil writes `null`.
    public mutating func field(_ key: String, _ value: JSON?) {
        self.key(key)
        if let value { self.value(value) } else { null() }
    }

    /// Writes a member whose value is JSON already; nil writes `null`.
    public mutating func field(_ key: String, raw encoded: (some Sequence<UInt8>)?) {
        self.key(key)
        if let encoded { raw(encoded) } else { null() }
    }
}
