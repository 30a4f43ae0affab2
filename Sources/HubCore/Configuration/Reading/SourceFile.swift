import Foundation

/// A configuration file: where it is, and how it is called in an error.
struct SourceFile: Sendable {
    /// As the operator named it.
    let shown: String
    /// Absolute.
    let path: String

    init(_ path: String) {
        shown = path
        self.path = Self.absolute(path, in: FileManager.default.currentDirectoryPath)
    }

    private init(shown: String, path: String) {
        self.shown = shown
        self.path = path
    }

    /// The folder that paths in the file are relative to.
    var folder: String { Self.folder(of: path) }

    /// The absolute path of one that stands in this file.
    func resolve(_ path: String) -> String { Self.absolute(path, in: folder) }

    /// Another file, by a path that stands in this one.
    func neighbour(_ path: String) -> SourceFile {
        let folder = shown.contains("/") ? Self.folder(of: shown) : ""
        let shownPath = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder == "/" ? "" : folder)/\(path)"
        return SourceFile(shown: shownPath, path: resolve(path))
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// `..` stays: behind a symbolic link it is not what it seems.
    private static func absolute(_ path: String, in folder: String) -> String {
        let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
        return "/" + whole.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }
}
