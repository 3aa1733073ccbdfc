internal import Wire

/// Reads a postal address: every part optional, nothing else allowed.
struct AddressDecoder {
    let path: String

    /// Text parts with the longest content that each may have.
    static let parts: [(key: String, maximum: Int)] = [
        (key: "street", maximum: 200), (key: "postcode", maximum: 20), (key: "city", maximum: 100),
        (key: "province", maximum: 100), (key: "country", maximum: 100),
        (key: "geo_precision", maximum: 30),
    ]
    /// Coordinates in degrees, at most seven decimals kept as sent.
    static let coordinates: [(key: String, limit: Double)] = [
        (key: "latitude", limit: 90), (key: "longitude", limit: 180),
    ]

    func decode(_ json: JSON) throws(FieldFault) -> Value {
        guard case .object(let object) = json else {
            throw FieldFault(
                FieldError(
                    field: path, code: "wrong_type", parameters: ["expected": "object"], expected: "object"))
        }
        var address = JSONObject()
        for (key, value) in object.entries {
            let part = "\(path).\(key)"
            if let text = Self.parts.first(where: { $0.key == key }) {
                let definition = FieldDefinition(key, .text(maximum: text.maximum))
                let content = try FieldDecoder(definition, path: part).decode(value)
                if !content.isNull { address[key] = content.json }
            } else if let coordinate = Self.coordinates.first(where: { $0.key == key }) {
                if value == .null { continue }
                guard case .number(let number) = value, let degrees = number.double,
                    number.text.utf8.count <= 20,
                    abs(degrees) <= coordinate.limit
                else {
                    throw FieldFault(
                        FieldError(
                            field: part, code: "not_a_coordinate",
                            expected: "-\(coordinate.limit)...\(coordinate.limit)"))
                }
                address[key] = value
            } else {
                throw FieldFault(FieldError(field: part, code: "unknown_field"))
            }
        }
        return address.keys.isEmpty ? .null : .json(.object(address))
    }
}
