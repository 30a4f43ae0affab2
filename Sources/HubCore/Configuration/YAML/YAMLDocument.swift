import Yams

/// Reads one YAML file into ``YAMLNode``.
struct YAMLDocument {
    /// Bounds on what a file may hold, so that no file costs more than its size lets expect.
    struct Limits {
        /// Values after aliases are expanded.
        var nodes = 50_000
        var depth = 32
        /// Duplicate keys that are told at once.
        var duplicates = 20
        var allowsAnchors = true
    }

    /// What is wrong with a file as YAML. The message never holds what stands in the file.
    struct Problem: Error, Equatable {
        var position: FilePosition
        /// The keys above it, and the key itself where one is meant.
        var path: [String] = []
        var message: String
    }

    /// The file's one document, nil when it cannot be read or is empty.
    let root: YAMLNode?
    let problems: [Problem]

    init(text: String, limits: Limits = Limits()) {
        do throws(Problem) {
            try ComplexKeyGuard.check(text)
            let (parser, node, masked) = try Self.compose(text, limits: limits)
            guard let node else { throw Problem(position: .start, message: "the file is empty") }
            // The parser alone keeps the anchors that the nodes refer to.
            (root, problems) = try withExtendedLifetime(parser) { () throws(Problem) in
                var expansion = YAMLExpansion(limits: limits, masked: masked)
                let root = try expansion.expand(node)
                return (root, expansion.problems)
            }
        } catch {
            root = nil
            problems = [error]
        }
    }

    /// Composes the text. The parser stops at a mapping with duplicate keys, so the first of two is renamed and the
    /// text composed again: that way all of them are found, and everything else in the file too.
    private static func compose(
        _ text: String, limits: Limits
    ) throws(Problem) -> (Parser, Node?, [FilePosition: String]) {
        var text = text
        var masked: [FilePosition: String] = [:]
        while true {
            do {
                let parser = try Parser(yaml: text, encoding: .utf8)
                return (parser, try parser.singleRoot(), masked)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = FilePosition(line: context.mark.line, column: context.mark.column)
                guard masked.count < limits.duplicates, masked[position] == nil, let name = names.first,
                    let renamed = KeyMask.renamed(text, at: position)
                else { throw Problem(position: position, message: "the key occurs twice in one mapping") }
                masked[position] = name
                text = renamed
            } catch {
                throw YAMLSyntax.problem(error, in: text)
            }
        }
    }
}
