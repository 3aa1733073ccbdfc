internal import HTTP
internal import Wire

/// The routes that every entity has.
enum StandardRoutes {
    static func routes(of entity: EntityDefinition) -> [RouteDefinition] {
        let collection = "/\(entity.path)"
        let one = "\(collection)/{id}"
        let noun = entity.path.split(separator: "-").map(\.capitalized).joined()
        var routes: [RouteDefinition] = []
        func add(
            _ operation: Operation, _ route: Route, _ verb: String, answer: AnswerShape, status: Int = 200,
            problems: [Int] = [],
            _ respond: @escaping @Sendable (Call, EntityDefinition) async throws(Problem) -> Answer
        ) {
            guard entity.operations.contains(operation) else { return }
            let permission =
                Operation.reading.contains(operation) ? entity.readPermission : entity.writePermission
            routes.append(
                RouteDefinition(
                    route: route, access: .permission(permission), plugin: entity.plugin, entity: entity.name,
                    operation: operation, input: [], transaction: .none, answer: answer, status: status,
                    problems: problems, bodyLimit: 1_048_576, operationID: verb + noun,
                    respond: { (call: Call) async throws(Problem) -> Answer in try await respond(call, entity)
                    }))
        }
        add(.list, .get(collection), "list", answer: .list(entity.name), EntityActions.list)
        add(
            .create, .post(collection), "create", answer: .record(entity.name), status: 201,
            problems: [409, 422], EntityActions.create)
        add(
            .aggregate, .get("\(collection)/aggregate"), "aggregate", answer: .anyObject,
            EntityActions.aggregate)
        add(.export, .get("\(collection)/export"), "export", answer: .media("text/csv"), EntityActions.export)
        add(.marks, .get("\(collection)/marks"), "marksOf", answer: .anyObject, EntityActions.marks)
        add(
            .bulk, .post("\(collection)/bulk"), "bulk", answer: .anyObject, status: 202,
            problems: [200, 409, 422],
            EntityActions.bulk)
        add(.get, .get(one), "get", answer: .record(entity.name), EntityActions.get)
        add(
            .update, .patch(one), "update", answer: .record(entity.name), problems: [409, 412, 422],
            EntityActions.update)
        add(
            .delete, .delete(one), "delete", answer: .nothing, status: 204, problems: [409, 412],
            EntityActions.delete)
        add(
            .restore, .post("\(one)/restore"), "restore", answer: .record(entity.name), problems: [409],
            EntityActions.restore)
        add(.history, .get("\(one)/history"), "historyOf", answer: .anyObject, EntityActions.history)
        add(.access, .get("\(one)/access"), "explainAccessTo", answer: .anyObject, EntityActions.access)
        if entity.stateMachine != nil {
            add(
                .transition, .post("\(one)/transitions"), "transition", answer: .record(entity.name),
                problems: [409, 412, 422], EntityActions.transition)
        }
        return routes
    }
}

extension Substring {
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}

extension RouteDefinition {
    /// An action's route.
    init<Declared: Action>(_ type: Declared.Type, plugin: String) {
        self.init(
            route: type.route, access: type.access, plugin: plugin, entity: nil, operation: nil,
            input: Declared.Input.fields, transaction: type.transaction, answer: type.answer,
            status: type.status,
            problems: type.problems, bodyLimit: type.bodyLimit, operationID: "\(Declared.self)",
            deprecation: type.deprecation,
            readsBody: Declared.readsBody && Declared.Input.fields.count > type.route.parameters.count,
            admitsKeys: Declared.admitsKeys, precedesSecondFactor: Declared.precedesSecondFactor,
            outlastsSuspension: Declared.outlastsSuspension,
            respond: { (call: Call) async throws(Problem) -> Answer in
                let input = try await ActionInput(call: call, type: type).values()
                return try await ActionRun.run(type, input, call)
            })
    }
}
