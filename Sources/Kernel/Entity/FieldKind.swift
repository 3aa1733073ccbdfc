internal import Wire

/// What a field holds, and with it: its column, its JSON form, its operators and how it is shown.
public enum FieldKind: Sendable, Equatable {
    /// One line of text of at most so many characters.
    case text(maximum: Int)
    /// Several lines of text of at most so many characters.
    case longText(maximum: Int)
    /// A whole number within bounds, at most ±(2^53-1).
    case integer(ClosedRange<Int64>)
    /// Minor units of the currency in `<name>_currency`.
    case money
    /// The ISO 4217 code beside a money field.
    case currency
    /// Basis points: 10000 is 100 %.
    case percent
    case boolean
    /// One of the named cases, in declared order.
    case choice([String])
    /// A civil date without time.
    case date
    /// A moment, to the millisecond.
    case instant
    /// An address of RFC 5321, at most 254 characters, matched without case.
    case email
    /// A number in E.164 form after clean-up.
    case phone
    /// An http or https address.
    case url
    /// A postal address: an object with street, postcode, city, province, country, latitude, longitude.
    case address
    /// Hours of a week: a list of objects with day (1 is Monday), from and to, as `TimeWindowsDecoder` reads
    /// it.
    case timeWindows
    /// The id of a record of the named entity.
    case reference(String)
    /// Any JSON, for inputs of actions; of an entity where a rule of the field's own bounds it.
    case json
    /// A list of ids of the named entity, for inputs of actions only.
    case ids(String)

    /// The kind's name in `/meta` and the docs.
    public var name: String {
        switch self {
        case .text: "text"
        case .longText: "long_text"
        case .integer: "integer"
        case .money: "money"
        case .currency: "currency"
        case .percent: "percent"
        case .boolean: "boolean"
        case .choice: "choice"
        case .date: "date"
        case .instant: "instant"
        case .email: "email"
        case .phone: "phone"
        case .url: "url"
        case .address: "address"
        case .timeWindows: "time_windows"
        case .reference: "reference"
        case .json: "json"
        case .ids: "ids"
        }
    }

    /// The PostgreSQL type of the column, for casts of bound parameters.
    public var columnType: String {
        switch self {
        case .text, .longText, .currency, .choice, .email, .phone, .url: "text"
        case .integer, .money, .percent: "bigint"
        case .boolean: "boolean"
        case .date: "date"
        case .instant: "timestamptz"
        case .address, .timeWindows, .json: "jsonb"
        case .reference: "uuid"
        case .ids: "uuid[]"
        }
    }

    /// Whether the content is text that a person typed.
    public var isText: Bool {
        switch self {
        case .text, .longText, .email, .phone, .url: true
        default: false
        }
    }

    /// Whether sums and averages make sense.
    public var isNumeric: Bool {
        switch self {
        case .integer, .money, .percent: true
        default: false
        }
    }
}
