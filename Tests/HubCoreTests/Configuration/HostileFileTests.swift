import HubCore
import Testing

@Suite("A hostile or broken file")
struct HostileFileTests {
    static let syntaxFaults = [
        ("version: 1\nhub: [a", "3:1: not valid YAML: did not find expected ',' or ']'"),
        ("version: 1\nhub: a: b", "2:7: not valid YAML: mapping values are not allowed in this context"),
        ("version: 1\n\thub: a", "2:1: not valid YAML: found a tab character that violates indentation"),
        ("version: 1\n---\nversion: 1", "2:1: a second document begins here; a file holds only one"),
        (
            "version: 1\nhub: *none",
            "2:6: not valid YAML: found undefined alias; the anchor has to come first and cannot hold itself"
        ),
        (
            "version: 1\nhub: &a {data: *a}",
            "2:16: not valid YAML: found undefined alias; the anchor has to come first and cannot hold itself"
        ),
        (
            "version: 1\nroutes: [{from: *, to: a}]",
            "2:18: not valid YAML: did not find expected alphabetic or numeric character; a \"*\" has to stand in quotes"
        ),
        (
            "version: 1\nhub: {master_key: ${env:KEY}}",
            "2:20: not valid YAML: did not find expected ',' or '}'; inside {} a ${...} has to stand in quotes"
        ),
        ("version: 1\nhub: \"\u{01}\"", "2:7: not valid YAML: control characters are not allowed"),
        ("", "1:1: the file is empty"),
        ("# nothing\n", "1:1: the file is empty"),
    ]

    @Test("is told with its place", arguments: syntaxFaults)
    func syntax(_ text: String, _ problem: String) throws {
        #expect(try problems(in: text) == ["tenants.yaml:\(problem)"])
    }

    @Test(
        "never shows what stands in it",
        arguments: [
            "version: 1\nkey: hunter2: x", "version: 1\nkey: [hunter2", "hunter2: 1\nhunter2: 2\n- hunter2",
            "version: 1\nkey: !hunter2 x", "version: 1\nhub: {data: {hunter2hunter2hunter2hunter2: 1}}",
            "version: 1\nhub: {master_key: hunter2}", "version: 1\nhub: {listen: hunter2}",
            "version: 1\nhub: {public_url: 'https://a:hunter2@b'}", "version: 1\ntenants: {a: {name: '${hunter2}'}}",
            "version: 1\ntenants: {a: {channels: {b: {adapter: hunter2-hunter2-hunter2_hunter2}}}}",
        ])
    func neverShowsContent(_ text: String) throws {
        let problems = try problems(in: text)
        #expect(!problems.isEmpty)
        for problem in problems { #expect(!problem.contains("hunter2")) }
    }

    @Test("is not read beyond 256 KiB, nor when it is missing, no file or no text")
    func unreadable() throws {
        let folder = try ConfigurationFolder()
        #expect(try folder.problems() == ["tenants.yaml:1:1: the file cannot be read: there is no such file"])
        try folder.write([0x76, 0xFF], to: "tenants.yaml")
        #expect(try folder.problems() == ["tenants.yaml:1:1: the file cannot be read: it is not UTF-8 text"])
        let comment = "version: 1\n#"
        try folder.write(comment + String(repeating: "x", count: 256 * 1024 - comment.utf8.count), to: "tenants.yaml")
        #expect(try folder.problems() == [])
        try folder.write(
            comment + String(repeating: "x", count: 256 * 1024 - comment.utf8.count + 1), to: "tenants.yaml")
        #expect(try folder.problems() == ["tenants.yaml:1:1: the file cannot be read: it is larger than 256 KiB"])
        #expect(try folder.problems(".") == [".:1:1: the file cannot be read: it is not a regular file"])
    }

    /// Ten aliases to ten aliases to ...: 10^9 values in a few lines.
    static let bomb: String = {
        var lines = ["l0: &l0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1...9 {
            let aliases = Array(repeating: "*l\(level - 1)", count: 10).joined(separator: ", ")
            lines.append("l\(level): &l\(level) [\(aliases)]")
        }
        return lines.joined(separator: "\n")
    }()

    @Test("does not blow up by aliases")
    func aliasBomb() throws {
        let problem = try #require(problems(in: Self.bomb).first)
        #expect(problem.hasSuffix("more than 50000 values in one file; an alias counts as all that it stands for"))
    }

    @Test(
        "does not blow up by aliases in keys, which the parser would hash",
        arguments: [
            "? *l9\n: x", "*l9 : x", "k: {*l9 : x}", "k: {[*l9]: x}", "k: [?*l9 : x]", "? - *l9\n: x",
            "k: {{*l9 : a}: b}",
        ])
    func aliasBombInKeys(_ line: String) throws {
        #expect(
            try problems(in: Self.bomb + "\n" + line).map { $0.drop { $0 != " " } }
                == [" a file with aliases (*name) may not have a list, a mapping or an alias as a key"])
    }

    @Test("does not blow up by keys in keys")
    func keysInKeys() throws {
        let depth = 400
        let text = String(repeating: "{", count: depth) + "x" + String(repeating: ": 1}", count: depth)
        #expect(try problems(in: text) == ["tenants.yaml:1:405: too many keys that are lists or mappings"])
    }

    @Test("is refused when it is nested too deep", arguments: [33, 999, 20_000])
    func nesting(_ depth: Int) throws {
        let text = "k: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let problem = try #require(problems(in: text).first)
        #expect(
            problem.contains("nested deeper than 32 levels") || depth == 20_000 && problem.contains("not valid YAML"))
    }

    @Test("has no more values than the budget")
    func budget() throws {
        let text = "k: [" + Array(repeating: "x", count: 60_000).joined(separator: ",") + "]"
        #expect(
            try problems(in: text)
                == [
                    "tenants.yaml:1:99999: k[49997]: more than 50000 values in one file; an alias counts as all that it stands for"
                ])
    }

    @Test("with very many problems shows a hundred")
    func manyProblems() throws {
        let keys = (0..<250).map { "x\($0): 1" }.joined(separator: "\n")
        let folder = try ConfigurationFolder(["tenants.yaml": "version: 1\n\(keys)"])
        let errors = #expect(throws: ConfigurationErrors.self) { try folder.load() }
        let lines = try #require(errors).description.split(separator: "\n")
        #expect(errors?.problems.count == 250)
        #expect(lines.count == 101)
        #expect(lines.last == "and 150 more")
    }
}
