internal import Wire

/// How many values of a column fit each way of writing a date.
struct DateTally {
    private var fits: [Int] = .init(repeating: 0, count: DateFormat.Layout.allCases.count)
    private var withTime = 0
    private var withSeconds = 0
    private var zoned = 0
    private var outsideMidnight = 0

    mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let scanned = ScannedDate(text) else { return false }
        var fitsAny = false
        for (index, layout) in DateFormat.Layout.allCases.enumerated() {
            guard let date = scanned.date(as: layout) else { continue }
            // Eight digits are a date only in years that data speak of: else they are a number.
            if layout == .compact, !(1900...2100).contains(date.year) { continue }
            fits[index] += 1
            fitsAny = true
        }
        if fitsAny, let time = scanned.time {
            withTime += 1
            if time.hasSeconds { withSeconds += 1 }
            if time.offset != nil { zoned += 1 }
            if !time.isMidnight || time.offset != nil { outsideMidnight += 1 }
        }
        return fitsAny
    }

    /// How many values the best format fits.
    var best: Int { fits.max() ?? 0 }

    /// Whether some value has a time of day other than midnight.
    var isInstant: Bool { outsideMidnight > 0 }

    /// The formats that fit as many values as the best one.
    var formats: [DateFormat] {
        guard best > 0 else { return [] }
        let time: DateFormat.Time =
            if withTime == 0 { .none } else if zoned == withTime { .zoned } else if withSeconds > 0 {
                .seconds
            } else {
                .minutes
            }
        return DateFormat.Layout.allCases.enumerated().compactMap { index, layout in
            fits[index] == best ? DateFormat(layout, time: time) : nil
        }
    }
}
