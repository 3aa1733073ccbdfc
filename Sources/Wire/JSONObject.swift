/// The members of a JSON object in their order, each key once.
///
/// Keys are told apart by their bytes, as PostgreSQL does. Two objects are equal when they have the same
/// members, in whatever order.
public struct JSONObject: Sendable {
    /// The members in order.
    public private(set) var entries: [(key: String, value: JSON)] = []
    /// Places of the keys, kept once the object has more members than a scan is good for.
    private var places: [KeyBytes: Int]?

    private static let scanned = 16

    /// An object without members.
    public init() {}

    /// The keys in order.
    public var keys: [String] { entries.map(\.key) }

    /// How many members there are.
    public var count: Int { entries.count }

    /// Whether there are no members.
    public var isEmpty: Bool { entries.isEmpty }

    /// The value of `key`; setting keeps the place or appends, setting nil removes.
    public subscript(key: String) -> JSON? {
        get { place(of: key).map { entries[$0].value } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): entries[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): _ = append(key, value)
            case (nil, nil): break
            }
        }
    }

    mutating func reserve(_ capacity: Int) {
        entries.reserveCapacity(capacity)
    }

    /// Adds a member; false when the key is there already.
    mutating func append(_ key: String, _ value: JSON) -> Bool {
        if places != nil {
            // Taken out and put back at once, so that the lookup and the insertion are one.
            let new = KeyBytes(text: key)
            let place = entries.count
            let found = places?.updateValue(place, forKey: new)
            if let found {
                places?[new] = found
                return false
            }
        } else if place(of: key) != nil {
            return false
        }
        entries.append((key, value))
        if places == nil, entries.count > JSONObject.scanned { index() }
        return true
    }

    private func place(of key: String) -> Int? {
        if let places { return places[KeyBytes(text: key)] }
        return entries.firstIndex { KeyBytes.equal($0.key, key) }
    }

    private mutating func remove(at place: Int) {
        entries.remove(at: place)
        places = nil
        if entries.count > JSONObject.scanned { index() }
    }

    private mutating func index() {
        var places: [KeyBytes: Int] = Dictionary(minimumCapacity: entries.count * 2)
        for (place, entry) in entries.enumerated() { places[KeyBytes(text: entry.key)] = place }
        self.places = places
    }
}

extension JSONObject: Equatable {
    /// Same keys with equal values, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.entries.allSatisfy { right[$0.key] == $0.value }
    }
}

/// A key that is equal to another only byte by byte; String's own equality is canonical equivalence.
private struct KeyBytes: Hashable {
    let text: String

    static func equal(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.utf8.elementsEqual(right.utf8)
    }

    static func == (left: KeyBytes, right: KeyBytes) -> Bool {
        equal(left.text, right.text)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
