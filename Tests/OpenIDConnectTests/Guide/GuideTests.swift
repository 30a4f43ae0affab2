import Foundation
import Testing

@Suite("The guide for identity adapters")
struct IdentityGuideTests {
    @Test("The guide shows the files that are compiled and tested here", arguments: ["SwallowAdapter", "SwallowTests"])
    func example(name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        let root = folder.appending(path: "../../..").standardized
        let guide = try String(contentsOf: root.appending(path: "docs/adapters.md"), encoding: .utf8)
        let source = try String(contentsOf: folder.appending(path: "\(name).swift"), encoding: .utf8)
        #expect(guide.contains("```swift\n\(source)```"), "docs/adapters.md shows another \(name).swift")
    }
}
