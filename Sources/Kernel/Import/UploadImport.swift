internal import HTTP
internal import Wire

/// `POST /imports`: a form with `entity` and `file`, which goes to the disk as it comes.
enum UploadImport {
    /// The route; its body is no JSON, so it reads the request itself.
    static func route(plugin: String) -> RouteDefinition {
        RouteDefinition(
            route: .post("/imports"), access: .permission("imports.write"), plugin: plugin, entity: nil,
            operation: nil, input: [], transaction: .none, answer: .anyObject, status: 201,
            problems: [400, 413, 415, 422], bodyLimit: 1_048_576, operationID: "UploadImport",
            respond: { (call: Call) async throws(Problem) -> Answer in try await respond(call) })
    }

    private static func respond(_ call: Call) async throws(Problem) -> Answer {
        _ = try call.query(allowing: [])
        let importer = Importer(context: call.context)
        let limit = call.context.runtime.configuration.importLimit
        let id = UUIDv7.make(at: call.context.now)
        let path = try ImportFolder(call.context).path(of: id)
        do {
            let upload = try await read(call.request, to: path, limit: limit)
            guard let name = upload.entity else { throw Problem.invalid("entity", "required") }
            let entity = try importer.importable(name)
            guard let file = upload.file else { throw Problem.invalid("file", "required") }
            _ = try await importer.analysed(id, entity, fileName: file.name, path: path, size: file.size)
        } catch let problem as Problem {
            FileCopy.remove(path)
            throw problem
        } catch let error as HTTPError {
            FileCopy.remove(path)
            throw Problem(error)
        } catch {
            FileCopy.remove(path)
            throw Problem(500, "internal")
        }
        return .json(try await importer.show(id), status: 201).with("Location", "/api/v1/imports/\(id)")
    }

    private static func read(
        _ request: Request, to path: String, limit: Int64
    ) async throws -> (entity: String?, file: (name: String, size: Int64)?) {
        var limits = Multipart.Limits()
        limits.parts = 10
        limits.total = limit + 65_536
        let form = try Multipart(request, limits: limits)
        var entity: String?
        var file: (name: String, size: Int64)?
        while let part = try await form.next() {
            switch part.name {
            case "entity" where entity == nil:
                entity = String(validating: try await part.collect(limit: 200), as: UTF8.self)
            case "file" where file == nil:
                file = (name: part.filename ?? "file", size: try await part.save(to: path, limit: limit))
            case "entity", "file": throw Problem.invalid(part.name, "repeated_parameter")
            default: throw Problem.invalid(part.name, "unknown_field")
            }
        }
        return (entity: entity, file: file)
    }
}
