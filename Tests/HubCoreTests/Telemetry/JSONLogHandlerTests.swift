import AdapterKit
import Logging
import Testing

@testable import HubCore

struct JSONLogHandlerTests {
    private struct FixedClock: ClockPort {
        let now = Timestamp(milliseconds: 1_795_421_730_250)
    }

    private struct Mishap: Error, CustomStringConvertible {
        let description = "no answer from +15551234567"
    }

    private let sink = MemorySink()

    private func logger(_ level: Logger.Level = .info) -> Logger {
        var logger = Logger(label: "hub") { [sink] in JSONLogHandler(label: $0, sink: sink, clock: FixedClock()) }
        logger.logLevel = level
        return logger
    }

    @Test func writesOneObjectALineWithSortedMetadata() {
        var logger = logger()
        logger[metadataKey: "tenant"] = "acme"
        logger.warning(
            "Delivery failed",
            metadata: ["attempt": "\(2)", "at": ["host": "one", "ports": ["80", "443"]], "tenant": "globex"])
        #expect(
            sink.lines == [
                #"{"time":"2026-11-23T08:15:30.250Z","level":"warning","logger":"hub","message":"Delivery failed","#
                    + #""at.host":"one","at.ports.0":"80","at.ports.1":"443","attempt":"2","tenant":"globex"}"# + "\n"
            ])
    }

    @Test func nothingInTheTextEndsTheLineOrTheString() throws {
        logger().info("a\"b\\c\nd\u{1B}[2J\u{2028}e\u{202E}f\u{85}g", metadata: ["k\n\"": "\u{0}\r\t"])
        let line = try #require(sink.lines.first)
        #expect(line.hasSuffix("}\n"))
        #expect(line.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 })
        #expect(line.contains(#""message":"a\"b\\c\nd\u001b[2J\u2028e\u202ef\u0085g""#))
        let object = try JSON.parse(line)
        #expect(object["k\n\""] == .string("\u{0}\r\t"))
    }

    @Test func metadataCannotForgeTheLinesOwnMembers() throws {
        logger().info("x", metadata: ["level": "error", "time": "never"])
        let line = try #require(sink.lines.first)
        #expect(line.contains(#""level":"info""#))
        #expect(line.contains(#""level_":"error""#))
        #expect(line.contains(#""time_":"never""#))
    }

    @Test func errorsAndValuesPassTheNet() throws {
        logger().error("call", error: Mishap(), metadata: ["to": "ada@example.com", "list": [["+1 (555) 123-4567"]]])
        let line = try #require(sink.lines.first)
        #expect(line.contains(#""error":"no answer from (redacted)""#))
        #expect(line.contains(#""list.0.0":"(redacted)""#))
        #expect(line.contains(#""to":"(redacted)""#))
    }

    @Test func aLineIsBoundedAndSaysWhenItIsCut() throws {
        var metadata: Logger.Metadata = [:]
        for index in 0..<100 { metadata["key\(index)"] = "\(String(repeating: "\u{1}", count: 1000))" }
        logger().info("\(String(repeating: "m", count: 100_000))", metadata: metadata)
        let line = try #require(sink.lines.first)
        #expect(line.utf8.count <= JSONLogHandler.maximumLineBytes)
        #expect(line.hasSuffix(#","truncated":true}"# + "\n"))
        #expect(try JSON.parse(line)["truncated"] == .bool(true))
    }

    @Test func aLevelBelowTheLimitIsNotWritten() {
        logger(.warning).info("x")
        #expect(sink.lines.isEmpty)
    }

    @Test func anAdaptersLinesCarryTenantAndChannelAndCannotForgeThem() {
        let port = AdapterLogPort(logger: logger(.debug), tenant: "acme", channel: "support")
        port.log(.debug, "Throttled", ["tenant": "globex"])
        port.log(.error, "Token is dead", [:])
        #expect(sink.lines.count == 2)
        #expect(sink.lines[0].contains(#""level":"debug""#))
        #expect(sink.lines[0].contains(#""adapter.tenant":"globex","channel":"support","tenant":"acme""#))
        #expect(sink.lines[1].contains(#""level":"error""#))
    }
}
