public import Kernel

/// Something that is sold.
public struct Product: Entity {
    public static let name = "sales.product"
    public static let path = "products"
    /// Products are the set-up of selling, as pipelines are.
    public static let permissionNoun = "sales.pipeline"

    public let name = Field.text("name").searchable().unique().imported(
        as: "product", "product name", "prodotto", "articolo")
    public let sku = Field.text("sku", max: 100).searchable().unique().imported(
        as: "code", "codice", "codice articolo"
    )
    .optional
    public let series = Field.text("series", max: 100).matchable().indexed().imported(
        as: "family", "serie", "linea"
    )
    .optional
    public let price = Field.money("price").validated(Bounds.amount).imported(
        as: "sales_price", "list price", "prezzo"
    )
    .optional
    public let vatRate = Field.percent("vat_rate").validated(Bounds.share).imported(
        as: "vat", "iva", "aliquota"
    ).optional
    public let unit = Field.text("unit", max: 30).imported(as: "unit of measure", "unità di misura", "um")
        .optional
    public let active = Field.boolean("active").default(true).imported(as: "attivo")

    public static let views: [View<Product>] = [
        .list(\.name, \.sku, \.series, \.price, \.vatRate, \.unit, \.active, sort: "name"),
        .form("view.sales.product.offer", \.name, \.sku, \.series, \.active),
        .form("view.sales.product.price", \.price, \.vatRate, \.unit),
    ]

    public static let grants: [RoleGrant] = Pipeline.grants

    public init() {}
}
