internal import Kernel
internal import Wire

/// Prints the API's description.
public enum OpenAPICommand: Command {
    public static let name = "openapi"
    public static let summary = "print the OpenAPI 3.1 document"
    public static let options: Set<String> = ["language"]
    public static let flags: Set<String> = []
    public static let help = """
        Prints the OpenAPI 3.1 document of this installation, as /api/v1/openapi.json serves it.

          --language en|it   the language of its texts (en)
        """

    public static func run(_ arguments: Arguments) throws -> Int32 {
        guard let language = Language(rawValue: arguments["language"] ?? "en") else {
            throw UsageFault("--language is en or it")
        }
        let settings = try Settings.current()
        let registry = try Registry(InstalledPlugins.all)
        Terminal.say(
            OpenAPIDocument(registry: registry, publicURL: settings.publicURL, language: language).json.text)
        return 0
    }
}
