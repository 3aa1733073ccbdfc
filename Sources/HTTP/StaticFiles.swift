internal import CLinux
internal import Glibc

/// Serves the files of one folder: conditional and range requests, and `.br` or `.gz` beside a file in its
/// place.
///
/// No path leaves the folder: each segment is opened inside the one before, and links, names that begin with
/// a dot, and segments with a slash in them are not found. A class because it owns the folder's descriptor.
public final class StaticFiles: Sendable {
    private let folder: Int32
    private let cacheControl: @Sendable ([String]) -> String

    /// Opens a folder, which may itself be a link.
    ///
    /// `cacheControl` gives that field for a file, by the segments of its path.
    /// - Throws: `HTTPError.storage` when it can't be opened.
    public init(
        folder path: String, cacheControl: @escaping @Sendable ([String]) -> String = { _ in "no-cache" }
    ) throws(HTTPError) {
        folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .storage(errno: errno) }
        self.cacheControl = cacheControl
    }

    deinit { close(folder) }

    /// The answer to a GET or HEAD of the file at `segments`; nil when there is none.
    public func respond(to request: Request, at segments: [String]) -> Response? {
        guard let name = segments.last, segments.allSatisfy(Self.isName),
            let place = place(of: segments.dropLast())
        else { return nil }
        defer { if place != folder { close(place) } }
        for coding in ContentCoding.accepted(by: request.headers) {
            guard let file = Self.file(name + coding.suffix, in: place) else { continue }
            return FileAnswer(
                file: file, coding: coding, type: MediaType.of(name), cacheControl: cacheControl(segments)
            ).response(to: request)
        }
        return nil
    }

    private static func isName(_ segment: String) -> Bool {
        !segment.isEmpty && segment.utf8.first != UInt8(ascii: ".") && segment.utf8.count <= 255
            && !segment.utf8.contains { $0 == ASCII.slash || $0 == 0 }
    }

    /// The descriptor of the folder of that path.
    private func place(of path: ArraySlice<String>) -> Int32? {
        var place = folder
        for segment in path {
            let next = openat(place, segment, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            if place != folder { close(place) }
            guard next >= 0 else { return nil }
            place = next
        }
        return place
    }

    private static func file(_ name: String, in place: Int32) -> OpenFile? {
        // O_NONBLOCK: a pipe in the folder must not hold the loop up.
        try? OpenFile(descriptor: openat(place, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK))
    }
}
