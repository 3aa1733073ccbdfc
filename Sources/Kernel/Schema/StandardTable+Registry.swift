extension Registry {
    /// The tables of the registered entities, as the migrator completes them. The kernel's own are listed
    /// apart.
    public var standardTables: [StandardTable] {
        entities.filter { $0.plugin != "kernel" }.map(\.standardTable)
    }
}

extension EntityDefinition {
    fileprivate var standardTable: StandardTable {
        let parts = table.split(separator: ".", maxSplits: 1).map(String.init)
        var standard = StandardTable(schema: parts[0], table: parts[1], entity: name, label: label)
        standard.owner = audienceColumn ?? ownerField
        standard.search = fields.filter { $0.isSearchable && $0.computed == nil }.map(\.key)
        standard.redacted = fields.filter(\.isSecret).map(\.key)
        standard.statusFields = (stateMachine.map { [$0.field] } ?? []) + loggedFields
        return standard
    }
}
