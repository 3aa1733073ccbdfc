struct RecordExport {
    let entity: EntityDefinition
    let call: Call
    func answer() async throws(Problem) -> Answer { throw Problem.notFound }
}
