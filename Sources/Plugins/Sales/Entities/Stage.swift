public import Kernel

/// A step of a pipeline: opportunities stand in it, open, won or lost.
public struct Stage: Entity {
    public static let name = "sales.stage"
    public static let path = "stages"
    /// Stages are part of their pipeline.
    public static let permissionNoun = "sales.pipeline"

    public let pipeline = Field.reference("pipeline_id", to: Pipeline.self).onDelete(.cascade).immutable()
        .loaded().indexed()
    public let name = Field.text("name", max: 100).searchable().imported(as: "stage", "fase")
    /// A name that stays when the stage is called otherwise: imports match it in any language.
    public let code = Field.text("code", max: 60).matchable().validated(StageCode.fault).optional
    /// Its place in the pipeline; at the end unless told.
    public let position = Field.integer("position", in: 0...10_000).completed()
    public let kind = Field.choice("kind", default: Kind.open)
    /// What an opportunity in it is worth, of its amount: 100 % where won, nothing where lost.
    public let winProbability = Field.percent("win_probability").validated(Bounds.share).completed()
    /// Days after which an opportunity that is still here is marked.
    public let rottingDays = Field.integer("rotting_days", in: 1...3650).optional

    /// What standing in a stage means.
    public enum Kind: String, Choice { case open, won, lost }

    public static let views: [View<Stage>] = [
        .list(\.name, \.pipeline, \.position, \.kind, \.winProbability, \.rottingDays, sort: "position"),
        .form(
            "view.sales.stage.setup", \.pipeline, \.name, \.position, \.kind, \.winProbability, \.rottingDays,
            \.code),
    ]

    public static let grants: [RoleGrant] = Pipeline.grants

    public init() {}
}

/// The form of a stage's lasting name.
enum StageCode {
    static func fault(_ value: Value) -> String? {
        guard let text = value.textValue else { return nil }
        let isSound = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_")
        }
        return isSound ? nil : "stage_code_format"
    }
}
