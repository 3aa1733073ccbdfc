import Glibc
import Kernel
import TestKit

/// A folder such as the web client's build leaves.
struct WebFolder {
    let path: String

    init() throws {
        path = try TestFolder.make()
        mkdir("\(path)/assets", 0o755)
        for name in ["index.html", "vendor.html"] { try write(name, "<!doctype html><title>\(name)</title>") }
        try write("sw.js", "self.skipWaiting()")
        try write("app.webmanifest", "{}")
        for ending in ["", ".br", ".gz"] { try write("assets/app-1A.js\(ending)", "script\(ending)") }
        try write("assets/icon-2B.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        try write("secret.map", "not to be found")
        try build("3C")
    }

    /// Another build, in which the style has another name.
    func build(_ digest: String) throws {
        try write("assets/public-\(digest).css", "main{}")
        let manifest = """
            {"public.css":"/assets/public-\(digest).css","icon.svg":"/assets/icon-2B.svg",\
            "inter.woff2":"/assets/inter-4D.woff2","odd":"//evil.example/x.css","number":1}
            """
        try write("manifest.new", manifest)
        rename("\(path)/manifest.new", "\(path)/manifest.json")
    }

    private func write(_ name: String, _ text: String) throws {
        try TestFolder.write(text, to: "\(path)/\(name)")
    }
}
