import Wire

@testable import Kernel

/// A book with a field of each kind, for what is made from declarations alone.
struct Book: Entity {
    static let name = "library.book"
    static let path = "books"
    static let stateMachine: StateMachine? = StateMachine(
        ["in": ["out"], "out": ["in"]], needsReason: ["in"])
    static let views: [View<Book>] = [.list(\.title, \.price)]

    let title = Field.text("title", max: 80).searchable()
    let code = Field.text("code", max: 20).unique().optional
    let notes = Field.longText("notes").optional
    let status = Field.choice("status", default: Status.in).indexed()
    let price = Field.money("price").optional
    let discount = Field.percent("discount").default(0)
    let pages = Field.integer("pages", in: 1...10_000)
    let isSigned = Field.boolean("is_signed").default(false)
    let printedOn = Field.date("printed_on").optional
    let boughtAt = Field.instant("bought_at").indexed().optional
    let email = Field.email("email").optional
    let phone = Field.phone("phone").optional
    let site = Field.url("site").optional
    let place = Field.address("place").optional
    let sequel = Field.reference("sequel_id", to: Book.self).optional
    let owner = Field<ID<Member>>.owner()
    let margin = Field.integer("margin").visible(to: "library.margins").optional
    let weight = Field.integer("weight").computed("1").readOnly()

    enum Status: String, Choice { case `in`, out }
}

/// Lends a book; its input has the kinds that only actions have.
struct LendBook: Action {
    struct Input: Shape {
        let id = Field<UUIDv7>.id("id")
        let reader = Field.text("reader", max: 10)
        let extra = Field.json("extra").optional
        let others = Field.ids("others", of: Book.self).optional
    }

    static let route = Route.post("/books/{id}/loan")
    static let access = RouteAccess.permission("library.book.write")
    static let answer = AnswerShape.object([.init("due", "string?"), .init("book", "object")])
    static func run(_ input: Values<Input>, in context: Context) async throws(Problem) -> Answer {
        .noContent
    }
}

struct LibraryPlugin: Plugin {
    static var manifest: Manifest {
        var texts: [String: String] = [
            "plugin.library": "Library", "action.LendBook": "Lend a book", "entity.library.book.one": "Book",
            "entity.library.book.many": "Books", "permission.library.book.read": "See books",
            "permission.library.book.write": "Change books", "permission.library.margins": "See margins",
        ]
        for field in Book.fields { texts["field.library.book.\(field.key)"] = "The \(field.key)" }
        texts["inverse.library.book.sequel_id"] = "Sequel to"
        for status in Book.Status.allCases {
            texts["choice.library.book.status.\(status.rawValue)"] = status.rawValue
        }
        var object = JSONObject()
        for (key, text) in texts { object[key] = .string(text) }
        let json = JSON.object(object).encoded()
        return Manifest(
            id: "library", version: 1,
            messages: [MessageCatalog(.english, json: json), MessageCatalog(.italian, json: json)])
    }

    var body: [any Contribution] {
        Entities(Book.self)
        Actions(LendBook.self)
        Permissions("library.margins")
    }
}
