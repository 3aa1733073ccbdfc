internal import HTTP

/// Looks for every fault that can be seen before a database is at hand.
struct RegistryCheck {
    let manifests: [Manifest]
    let draft: RegistryDraft
    let routes: [RouteDefinition]
    let permissions: [(plugin: String, name: String)]
    let messages: Messages

    func faults() -> [String] {
        draft.faults + plugins() + entities() + references() + access() + texts() + hooks() + timelines()
    }

    private func plugins() -> [String] {
        let ids = manifests.map(\.id)
        var faults = Self.repeated(ids).map { "plugin \($0): declared twice" }
        for (position, manifest) in manifests.enumerated() {
            let earlier = Set(ids.prefix(position))
            for required in manifest.requires.map({ $0.manifest.id }) where !earlier.contains(required) {
                faults.append("plugin \(manifest.id): requires \(required), which is not listed before it")
            }
        }
        return faults
    }

    private func entities() -> [String] {
        var faults = Self.repeated(draft.entities.map(\.name)).map { "entity \($0): declared twice" }
        faults += Self.repeated(draft.entities.map(\.path)).map { "path /\($0): declared twice" }
        faults += Self.repeated(draft.jobs.map(\.kind)).map { "job \($0): declared twice" }
        faults += Self.repeated(draft.pages.map(\.name)).map { "page \($0): declared twice" }
        faults += Self.repeated(draft.after.map(\.name)).map { "after hook \($0): declared twice" }
        faults += Self.repeated(routes.map(\.operationID)).map { "operation \($0): declared twice" }
        for entity in draft.entities {
            if !entity.name.hasPrefix("\(entity.plugin).") {
                faults.append("entity \(entity.name): not named after its plugin")
            }
            for key in Self.repeated(entity.fields.map(\.key)) {
                faults.append("\(entity.name).\(key): declared twice")
            }
            for field in entity.fields { faults += self.faults(of: field, in: entity) }
            if let owner = entity.ownerField, entity.field(owner) == nil {
                faults.append("\(entity.name): its owner field \(owner) is not declared")
            }
            for name in entity.loggedFields where entity.field(name) == nil {
                faults.append("\(entity.name): its logged field \(name) is not declared")
            }
            for view in entity.views {
                for key in view.fields where entity.field(key) == nil {
                    faults.append("\(entity.name): a view shows \(key)")
                }
            }
            faults += stateFaults(of: entity)
        }
        return faults
    }

    private func faults(of field: FieldDefinition, in entity: EntityDefinition) -> [String] {
        var faults: [String] = []
        let name = "\(entity.name).\(field.key)"
        if EntityDefinition.reservedNames.contains(field.key) { faults.append("\(name): a reserved name") }
        if field.kind == .json, field.computed == nil, field.validations.isEmpty {
            faults.append("\(name): json of an entity needs a rule that bounds it")
        }
        if case .ids = field.kind { faults.append("\(name): ids are for inputs of actions") }
        if let lookup = field.drawn?.lookup, Self.takenAliases.contains(lookup.alias) {
            faults.append("\(name): the alias \(lookup.alias) is the kernel's")
        }
        faults += furtherFaults(of: field, name)
        if field.isSearchable, field.visibleTo != nil {
            faults.append("\(name): searchable, so every reader must see it")
        }
        return faults
    }

    /// What the kernel's own SQL calls the rows around a record.
    private static let takenAliases: Set<String> = ["t", "n", "j", "i", "f", "r", "g"]

    /// Further contents are read by the same name, through a reference that is always there.
    private func furtherFaults(of field: FieldDefinition, _ name: String) -> [String] {
        guard let further = field.further else { return [] }
        guard let child = draft.entities.first(where: { $0.name == further.entity }) else {
            return ["\(name): further contents of \(further.entity), which is not compiled in"]
        }
        guard let reference = child.field(further.reference), reference.target != nil, reference.isRequired,
            child.field(field.key)?.kind == field.kind
        else { return ["\(name): \(further.entity) keeps no \(field.key) by \(further.reference)"] }
        return []
    }

    private func stateFaults(of entity: EntityDefinition) -> [String] {
        guard let machine = entity.stateMachine else { return [] }
        guard case .choice(let cases)? = entity.field(machine.field)?.kind else {
            return ["\(entity.name): its state field \(machine.field) is no choice"]
        }
        let named = Set(machine.transitions.keys).union(machine.transitions.values.flatMap { $0 })
        return named.subtracting(cases).sorted().map { "\(entity.name): unknown state \($0)" }
    }

    private func references() -> [String] {
        let plugins = Dictionary(
            draft.entities.map { ($0.name, $0.plugin) }, uniquingKeysWith: { first, _ in first })
        let required = Dictionary(
            manifests.map { ($0.id, Set($0.requires.map { $0.manifest.id })) },
            uniquingKeysWith: { first, _ in first })
        var faults: [String] = []
        for entity in draft.entities {
            for field in entity.fields {
                guard let target = field.target else { continue }
                guard let plugin = plugins[target] else {
                    faults.append(
                        "\(entity.name).\(field.key): refers to \(target), which is not compiled in")
                    continue
                }
                let isNear =
                    plugin == entity.plugin || plugin == "kernel"
                    || required[entity.plugin]?.contains(plugin) == true
                if !isNear {
                    faults.append("\(entity.name).\(field.key): refers to \(plugin), which is not required")
                }
            }
        }
        return faults
    }

    private func access() -> [String] {
        let known = Set(permissions.map(\.name))
        var faults: [String] = []
        for route in routes {
            if let permission = route.access.permission, !known.contains(permission) {
                faults.append("\(route.operationID): unknown permission \(permission)")
            }
            let fields = Set(route.input.map(\.key))
            if route.entity == nil {
                for parameter in route.route.parameters where !fields.contains(parameter) {
                    faults.append("\(route.operationID): the path's {\(parameter)} is no field of its input")
                }
            }
        }
        for grant in draft.grants where !known.contains(grant.permission) {
            faults.append("role \(grant.role.rawValue): unknown permission \(grant.permission)")
        }
        return faults
    }

    private func hooks() -> [String] {
        let names = Set(draft.entities.map(\.name))
        let hooked = Set(draft.prepare.keys).union(draft.before.keys)
        var faults = hooked.subtracting(names).sorted().map { "hook on \($0): no such entity" }
        for consumer in draft.after {
            let entity = consumer.event.split(separator: ".").dropLast().joined(separator: ".")
            if !names.contains(entity) {
                faults.append("after hook \(consumer.name): no such entity \(entity)")
            }
        }
        let kinds = Set(draft.jobs.map(\.kind))
        for schedule in draft.schedules where !kinds.contains(schedule.kind) {
            faults.append("schedule \(schedule.name): no such job")
        }
        return faults
    }

    private func timelines() -> [String] {
        let entities = Dictionary(
            draft.entities.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return draft.timeline.compactMap { item in
            let source = item.source
            guard let shown = entities[source.entity] else {
                return "timeline of \(source.entity): no such entity"
            }
            guard shown.field(source.reference)?.target != nil else {
                return "timeline of \(source.entity): \(source.reference) is no reference"
            }
            guard shown.queryField(source.instant)?.kind == .instant else {
                return "timeline of \(source.entity): \(source.instant) is no instant"
            }
            return nil
        }
    }

    /// Every key that a person may come to read, in both languages.
    private func texts() -> [String] {
        var keys: [String] = []
        for entity in draft.entities {
            keys += ["entity.\(entity.name).one", "entity.\(entity.name).many"]
            for field in entity.fields where !field.isSecret {
                keys.append("field.\(entity.name).\(field.key)")
                if field.target == entity.name { keys.append("inverse.\(entity.name).\(field.key)") }
                if case .choice(let cases) = field.kind {
                    keys += cases.map { "choice.\(entity.name).\(field.key).\($0)" }
                }
            }
        }
        keys += permissions.map { "permission.\($0.name)" }
        keys += routes.filter { $0.entity == nil }.map { "action.\($0.operationID)" }
        keys += manifests.map { "plugin.\($0.id)" }
        keys += draft.pages.map { "page.\($0.name).title" }
        if manifests.contains(where: { $0.id == KernelPlugin.manifest.id }) {
            keys += Notice.Kind.allCases.map { "notification.\($0.rawValue)" }
        }
        var faults: [String] = []
        for key in keys {
            for language in messages.missingLanguages(for: key) {
                faults.append("message \(key): missing in \(language.rawValue)")
            }
        }
        return faults
    }

    private static func repeated(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }
    }
}
