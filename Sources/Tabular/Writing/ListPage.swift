/// The measures of a printed list, in points: A4 landscape.
enum ListPage {
    static let width = 841.89
    static let height = 595.28
    static let margin = 36.0
    static let padding = 4.0
    static let rowHeight = 14.0
    static let titleHeight = 34.0
    static let footHeight = 16.0
    static let widestColumn = 240.0
    static let narrowestColumn = 24.0

    static var inner: Double { width - 2 * margin }
}
