import Testing

@testable import Kernel

@Suite struct DocsPageTests {
    @Test func `every problem code has the anchor that problem documents lead to`() throws {
        let page = try page(.english)
        for code in ["not_found", "permission_required", "idempotency_key_reused"] {
            #expect(page.contains("id=\"problem-\(code)\""))
        }
    }

    @Test func `every route is on the page, in either language`() throws {
        let registry = try Registry([KernelPlugin(), LibraryPlugin()])
        for language in Language.allCases {
            let page = try page(language)
            for route in registry.routes { #expect(page.contains("id=\"\(route.operationID)\"")) }
            #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
        }
    }

    @Test func `no text key is shown in place of a text`() throws {
        for language in Language.allCases {
            let page = try page(language)
            #expect(page.firstMatch(of: />(docs|openapi|status|kind|route)\.[a-z_.]+</) == nil)
        }
    }

    @Test func `text is escaped`() {
        var html = HTMLWriter(capacity: 64)
        html.element("p", [("title", "\"<&>\"")], "<script>&")
        #expect(
            String(decoding: html.bytes, as: UTF8.self)
                == "<p title=\"&quot;&lt;&amp;&gt;&quot;\">&lt;script&gt;&amp;</p>")
    }

    private func page(_ language: Language) throws -> String {
        let registry = try Registry([KernelPlugin(), LibraryPlugin()])
        return String(decoding: DocsPage(registry: registry, language: language).bytes, as: UTF8.self)
    }
}
