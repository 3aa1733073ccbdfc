internal import Kernel
internal import Wire

/// Reads a list of small objects within an input, each fault at its own place: `grants[2].scope`.
struct JSONItems {
    /// One of the objects.
    struct Item {
        let place: String
        let object: JSONObject

        func path(_ key: String) -> String { "\(place).\(key)" }

        /// A required text.
        func text(_ key: String, _ errors: inout [FieldError]) -> String? {
            guard let sent = object[key], sent != .null else {
                errors.append(FieldError(field: path(key), code: "required"))
                return nil
            }
            guard case .string(let text) = sent else {
                errors.append(
                    FieldError(
                        field: path(key), code: "wrong_type", parameters: ["expected": "string"],
                        expected: "string"))
                return nil
            }
            return text
        }

        /// A required id.
        func id(_ key: String, _ errors: inout [FieldError]) -> UUIDv7? {
            guard let text = text(key, &errors) else { return nil }
            guard let id = UUIDv7(text) else {
                errors.append(FieldError(field: path(key), code: "not_an_id", expected: "UUID"))
                return nil
            }
            return id
        }

        /// A flag, false when it isn't there.
        func flag(_ key: String, _ errors: inout [FieldError]) -> Bool {
            guard let sent = object[key], sent != .null else { return false }
            guard case .bool(let flag) = sent else {
                errors.append(
                    FieldError(
                        field: path(key), code: "wrong_type", parameters: ["expected": "boolean"],
                        expected: "boolean"))
                return false
            }
            return flag
        }
    }

    private(set) var all: [Item] = []

    /// Takes the list apart; anything but objects with these keys is a fault.
    init(_ json: JSON, at field: String, limit: Int, keys: Set<String>, _ errors: inout [FieldError]) {
        guard case .array(let items) = json else {
            errors.append(
                FieldError(
                    field: field, code: "wrong_type", parameters: ["expected": "array"], expected: "array"))
            return
        }
        guard items.count <= limit else {
            errors.append(FieldError(field: field, code: "too_many", parameters: ["maximum": "\(limit)"]))
            return
        }
        for (position, item) in items.enumerated() {
            let place = "\(field)[\(position)]"
            guard case .object(let object) = item else {
                errors.append(
                    FieldError(
                        field: place, code: "wrong_type", parameters: ["expected": "object"],
                        expected: "object"))
                continue
            }
            for key in object.keys where !keys.contains(key) {
                errors.append(FieldError(field: "\(place).\(key)", code: "unknown_field"))
            }
            all.append(Item(place: place, object: object))
        }
    }
}
