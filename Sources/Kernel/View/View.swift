/// A way to look at an entity's records, which the web client builds from metadata.
public struct ViewDefinition: Sendable, Equatable {
    /// The form it takes.
    public enum Form: String, Sendable { case list, board, form }
    public let form: Form
    /// Columns of a list, fields of a card or of a form.
    public let fields: [String]
    /// The field that makes a board's columns.
    public var groupBy: String?
    /// As in `sort=`.
    public var sort: String?
    /// Message key of a form's group or of a view's name.
    public var title: String?
}

/// A view of an entity, declared by its properties.
public struct View<Subject: Entity>: Sendable {
    let definition: ViewDefinition

    /// A table with these columns.
    public static func list<each Content>(
        _ fields: repeat KeyPath<Subject, Field<each Content>>, sort: String? = nil
    ) -> View {
        var keys: [String] = []
        for field in repeat each fields { keys.append(Subject.key(of: field)) }
        return View(definition: ViewDefinition(form: .list, fields: keys, sort: sort))
    }

    /// Columns by a choice or a reference; cards show these fields.
    public static func board<Group, each Content>(
        by group: KeyPath<Subject, Field<Group>>, _ fields: repeat KeyPath<Subject, Field<each Content>>
    ) -> View {
        var keys: [String] = []
        for field in repeat each fields { keys.append(Subject.key(of: field)) }
        return View(definition: ViewDefinition(form: .board, fields: keys, groupBy: Subject.key(of: group)))
    }

    /// A group of a form, under a title's message key.
    public static func form<each Content>(
        _ title: String, _ fields: repeat KeyPath<Subject, Field<each Content>>
    ) -> View {
        var keys: [String] = []
        for field in repeat each fields { keys.append(Subject.key(of: field)) }
        return View(definition: ViewDefinition(form: .form, fields: keys, title: title))
    }
}
