public import Wire

/// Turns the text of fields into values by the formats that detection found or a person chose.
///
/// White space around the text never matters. Every refusal is a `ValueFault`, whose raw value is a stable
/// code.
public struct ValueParser: Sendable, Hashable {
    /// How days are written.
    public let dateFormat: DateFormat
    /// How numbers are written.
    public let numberFormat: NumberFormat

    /// ISO dates and plain numbers, unless told otherwise.
    public init(dateFormat: DateFormat = DateFormat(.yearMonthDay), numberFormat: NumberFormat = .point) {
        self.dateFormat = dateFormat
        self.numberFormat = numberFormat
    }

    /// From a column's format as the analysis names it; an unknown name leaves the default.
    public init(format: String?) {
        let dateFormat = format.flatMap { DateFormat($0) }
        let numberFormat = format.flatMap { NumberFormat(rawValue: $0) }
        self.init(dateFormat: dateFormat ?? DateFormat(.yearMonthDay), numberFormat: numberFormat ?? .point)
    }

    /// A day; a time of day after it is dropped, if the format has one.
    public func civilDate(_ text: String) throws(ValueFault) -> CivilDate {
        let scanned = try scan(text)
        guard scanned.time == nil || dateFormat.time != .none else { throw .notADate }
        return try day(of: scanned)
    }

    /// A day and a time of day without zone; midnight when the text has no time.
    public func localDateTime(_ text: String) throws(ValueFault) -> LocalDateTime {
        let scanned = try scan(text)
        guard scanned.time?.offset == nil else { throw .notADate }
        let date = try day(of: scanned)
        let time = scanned.time
        return LocalDateTime(
            date: date, hour: time?.hour ?? 0, minute: time?.minute ?? 0, second: time?.second ?? 0,
            millisecond: time?.millisecond ?? 0)
    }

    /// A point in time, of a text that says its offset from UTC.
    public func instant(_ text: String) throws(ValueFault) -> Instant {
        let scanned = try scan(text)
        guard let time = scanned.time, let offset = time.offset else { throw .notAnInstant }
        let date = try day(of: scanned)
        let seconds =
            date.daysSinceEpoch * 86_400 + (time.hour * 60 + time.minute - offset) * 60 + time.second
        return Instant(milliseconds: Int64(seconds * 1000 + time.millisecond))
    }

    /// A number times ten to the `digits`, exactly; currency and percent sign are passed over.
    ///
    /// - Parameter rounding: whether decimals past `digits` are rounded, half away from zero, instead of
    /// refused.
    public func scaledInteger(
        _ text: String, digits: Int, rounding: Bool = false
    ) throws(ValueFault) -> Int64 {
        let format = numberFormat
        return try text.withTrimmedBytes { (bytes) throws(ValueFault) -> Int64 in
            guard !bytes.isEmpty else { throw .empty }
            guard let number = ScannedNumber(bytes) else { throw .notANumber }
            return try number.scaled(digits, in: format, rounding: rounding)
        }
    }

    /// Yes or no: true, yes, sì, vero, 1, x and their contraries, in any case.
    public func boolean(_ text: String) throws(ValueFault) -> Bool {
        try text.withTrimmedBytes { (bytes) throws(ValueFault) -> Bool in
            guard !bytes.isEmpty else { throw .empty }
            guard let meaning = BooleanWord.meaning(of: bytes) else { throw .notABoolean }
            return meaning
        }
    }

    private func scan(_ text: String) throws(ValueFault) -> ScannedDate {
        try text.withTrimmedBytes { (bytes) throws(ValueFault) -> ScannedDate in
            guard !bytes.isEmpty else { throw .empty }
            guard let scanned = ScannedDate(bytes) else { throw .notADate }
            return scanned
        }
    }

    private func day(of scanned: ScannedDate) throws(ValueFault) -> CivilDate {
        guard scanned.hasShape(of: dateFormat.layout) else { throw .notADate }
        guard let date = scanned.date(as: dateFormat.layout) else { throw .outOfRange }
        return date
    }
}
