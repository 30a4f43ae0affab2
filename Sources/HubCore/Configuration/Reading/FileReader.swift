/// Reads one configuration file up to its root mapping.
enum FileReader {
    static let maximumBytes = 256 * 1024

    /// The root of the file; nil and reports when it cannot be read.
    static func root(
        _ file: SourceFile, limits: YAMLDocument.Limits = YAMLDocument.Limits(), context: ReadingContext
    ) -> ConfigurationPlace? {
        let document: YAMLDocument
        do throws(BoundedFile.Failure) {
            let text = try BoundedFile.text(atPath: file.path, maximumBytes: maximumBytes)
            document = YAMLDocument(text: text, limits: limits)
        } catch {
            report("the file cannot be read: \(error.reason)", .start, [], file, context)
            return nil
        }
        for problem in document.problems { report(problem.message, problem.position, problem.path, file, context) }
        return document.root.map {
            ConfigurationPlace(node: $0, origin: $0.position, path: "", file: file, context: context)
        }
    }

    private static func report(
        _ message: String, _ position: FilePosition, _ path: [String], _ file: SourceFile, _ context: ReadingContext
    ) {
        let path = path.reduce("") { path, part in
            path.isEmpty || part.hasPrefix("[") ? path + part : "\(path).\(part)"
        }
        context.report(
            ConfigurationProblem(
                file: file.shown, line: position.line, column: position.column, path: path, message: message))
    }
}
