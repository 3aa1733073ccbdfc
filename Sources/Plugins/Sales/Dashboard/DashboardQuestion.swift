internal import Kernel
internal import Postgres
internal import Wire

/// What a dashboard is asked with.
struct DashboardInput: Shape {
    let period = Field<NamedPeriod>.choice("period").optional
    /// Days of the organization's zone, both included.
    let from = Field.date("from").optional
    let to = Field.date("to").optional
    let owner = Field.reference("owner_id", to: Member.self).optional
    /// With the teams below.
    let team = Field.reference("team_id", to: Team.self).optional
    let pipeline = Field.reference("pipeline_id", to: Pipeline.self).optional
    let product = Field.reference("product_id", to: Product.self).optional
    init() {}
}

/// A period by its name, in the organization's zone.
enum NamedPeriod: String, Choice {
    case thisMonth = "this_month"
    case lastMonth = "last_month"
    case thisQuarter = "this_quarter"
    case lastQuarter = "last_quarter"
    case thisYear = "this_year"
    case lastYear = "last_year"
    case all

    /// Its days; nil for all time.
    func span(on today: CivilDate) -> DateSpan? {
        switch self {
        case .thisMonth: DateSpan.whole(.month, around: today)
        case .lastMonth: DateSpan.whole(.month, around: today).previous
        case .thisQuarter: DateSpan.whole(.quarter, around: today)
        case .lastQuarter: DateSpan.whole(.quarter, around: today).previous
        case .thisYear: DateSpan.whole(.year, around: today)
        case .lastYear: DateSpan.whole(.year, around: today).previous
        case .all: nil
        }
    }
}

/// The period and the deals that a dashboard is about, and the pipeline whose stages it shows.
struct DashboardQuestion: Sendable {
    /// `custom` where days were named.
    let period: String
    /// Nil for all time.
    let span: DateSpan?
    let owner: UUIDv7?
    let team: UUIDv7?
    let pipeline: UUIDv7?
    let product: UUIDv7?
    let funnel: Funnel

    /// What figures are compared with.
    var previous: DateSpan? { span?.previous }
    /// From the beginning of the period before to the end of the period.
    var whole: DateSpan? { span.map { DateSpan(from: $0.previous.from, to: $0.to) } }

    /// A century.
    private static let longest = 36_525

    /// Checks the days, and asks for today and the pipeline's stages.
    init(_ input: Values<DashboardInput>, in context: Context) async throws(Problem) {
        let named = try Self.days(input)
        let ground = try await Funnel.ground(input.pipeline?.uuid, in: context)
        let period = input.period ?? .thisMonth
        self.period = named == nil ? period.rawValue : "custom"
        span = named ?? period.span(on: ground.today)
        funnel = ground.funnel
        owner = input.owner?.uuid
        team = input.team?.uuid
        pipeline = input.pipeline?.uuid
        product = input.product?.uuid
    }

    private static func days(_ input: Values<DashboardInput>) throws(Problem) -> DateSpan? {
        guard input.from != nil || input.to != nil else { return nil }
        guard let from = input.from else { throw Problem.badQuery("from", "required") }
        guard let to = input.to else { throw Problem.badQuery("to", "required") }
        guard input.period == nil else { throw Problem.badQuery("period", "period_and_days") }
        let span = DateSpan(from: from, to: to)
        guard (1...longest).contains(span.days) else {
            throw Problem.badQuery(
                "to", "out_of_range", expected: "\(from)...\(from.adding(days: longest - 1))")
        }
        return span
    }
}
