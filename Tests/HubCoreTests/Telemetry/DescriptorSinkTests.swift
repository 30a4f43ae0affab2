import Foundation
import HubCore
import Testing

struct DescriptorSinkTests {
    @Test func linesOfManyWritersStayWhole() async throws {
        let pipe = Pipe()
        let sink = DescriptorSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        // More than a pipe holds, so that writes are cut short and have to be taken up again.
        let reading = Task.detached { try pipe.fileHandleForReading.readToEnd() ?? Data() }
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let line = Array((String(repeating: "\(writer)", count: 8000) + "\n").utf8)
                    for _ in 0..<20 { sink.write(line) }
                }
            }
        }
        try pipe.fileHandleForWriting.close()
        let lines = try await reading.value.split(separator: UInt8(ascii: "\n"))
        #expect(lines.count == 80)
        #expect(lines.allSatisfy { Set($0).count == 1 && $0.count == 8000 })
    }

    @Test func aClosedDescriptorIsNoEnd() {
        DescriptorSink(descriptor: -1).write([UInt8(ascii: "x")])
    }
}
