public import Directory
public import Kernel
public import Wire

/// A deal on its way through a pipeline.
public struct Opportunity: Entity {
    public static let name = "sales.opportunity"
    public static let path = "opportunities"
    public static let permissionNoun = "sales.deal"
    public static let ownership = Ownership.owner(field: "owner_id")
    /// Its changes are logged with the seconds spent in each stage.
    public static let loggedFields = ["stage_id"]

    /// Composed of product and account where nothing is sent.
    public let title = Field.text("title").searchable().indexed().imported(
        as: "name", "deal", "deal name", "titolo", "trattativa"
    ).completed()
    public let pipeline = Field.reference("pipeline_id", to: Pipeline.self).onDelete(.refuse).indexed()
        .imported(
            as: "pipeline"
        ).completed()
    public let stage = Field.reference("stage_id", to: Stage.self).onDelete(.refuse).loaded().indexed()
        .imported(
            as: "deal_stage", "stage", "fase", "stadio", "status", "stato"
        ).completed()
    public let account = Field.reference("account_id", to: Account.self).loaded().indexed().imported(
        as: "account", "company", "customer", "azienda", "cliente"
    ).optional
    public let contact = Field.reference("contact_id", to: Contact.self).indexed().imported(
        as: "contact", "contatto", "referente"
    ).optional
    public let lead = Field.reference("lead_id", to: Lead.self).indexed().optional
    public let product = Field.reference("product_id", to: Product.self).loaded().indexed().imported(
        as: "product", "prodotto", "articolo"
    ).optional
    public let amount = Field.money("amount").validated(Bounds.amount).indexed().imported(
        as: "close_value", "value", "deal value", "importo", "valore"
    ).optional
    /// Where null, the stage's own holds.
    public let probability = Field.percent("probability").validated(Bounds.share).imported(as: "probabilità")
        .optional
    /// The probability that holds: its own, or the stage's.
    public let winProbability = Field.percent("win_probability").computed(
        "coalesce(t.probability, s.win_probability)", from: Self.ownStage
    ).optional
    /// Amount times probability, in the amount's currency, rounded half away from zero.
    public let weightedAmount = Field.integer("weighted_amount").computed(
        "round(t.amount * coalesce(t.probability, s.win_probability) / 10000.0)::bigint", from: Self.ownStage
    ).optional
    public let expectedCloseOn = Field.date("expected_close_on").indexed().imported(
        as: "expected close", "expected close date", "chiusura prevista"
    ).optional
    public let engagedOn = Field.date("engaged_on").imported(as: "engage_date", "start date", "data inizio")
        .optional
    /// Set where the stage is won or lost, and only there.
    public let closedAt = Field.instant("closed_at").indexed().imported(
        as: "close_date", "closed", "closed date", "data chiusura"
    ).optional
    public let lostReason = Field.text("lost_reason", max: 500).imported(as: "loss reason", "motivo").optional
    public let priority = Field.choice("priority", default: Priority.normal).imported(as: "priorità")
    public let nextStep = Field.text("next_step", max: 500).searchable().imported(as: "prossimo passo")
        .optional
    public let externalCode = Field.text("external_code", max: 100).unique().imported(
        as: "opportunity_id", "deal id", "code", "codice"
    ).optional
    public let owner = Field<ID<Member>>.owner()
    public let stageSince = Field.instant("stage_since").readOnly().default(.now)
    /// Whether it has stood in an open stage for longer than the stage's `rotting_days`.
    public let isRotting = Field.boolean("is_rotting").computed(
        "coalesce(s.kind = 'open' and t.stage_since < now() - s.rotting_days * interval '1 day', false)",
        from: Self.ownStage
    ).optional
    /// Whether its stage is open, won or lost.
    public let stageKind = Field<Stage.Kind>.choice("stage_kind").computed("s.kind", from: Self.ownStage)
        .optional
    /// The farthest that it ever came: by position among the open stages of its pipeline, and won beyond all;
    /// null for one that came lost.
    public let reachedStage = Field.reference("reached_stage_id", to: Stage.self).readOnly().loaded()
        .indexed().optional

    public init() {}

    private static let ownStage = Lookup("sales.stages", "s", by: "stage_id")
}
