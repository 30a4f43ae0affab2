import Testing

@testable import HubServer

struct ByteRangeTests {
    @Test(
        arguments: [
            (nil, 100, .whole), ("bytes=0-0", 100, .part(0..<1)), ("bytes=0-99", 100, .part(0..<100)),
            ("bytes=10-", 100, .part(10..<100)), ("bytes=90-1000", 100, .part(90..<100)),
            ("bytes=-10", 100, .part(90..<100)),
            ("bytes=-1000", 100, .part(0..<100)), ("Bytes=1-2", 100, .part(1..<3)), ("bytes=100-", 100, .unsatisfiable),
            ("bytes=-0", 100, .unsatisfiable), ("bytes=0-", 0, .unsatisfiable), ("bytes=-5", 0, .unsatisfiable),
            ("bytes=99999999999999999999-", 100, .unsatisfiable), ("bytes=0-99999999999999999999", 100, .part(0..<100)),
            ("bytes=9223372036854775806-9223372036854775807", 100, .unsatisfiable),
            // What is not understood is ignored.
            ("bytes=5-2", 100, .whole), ("bytes=0-1,5-6", 100, .whole), ("bytes=", 100, .whole),
            ("bytes=-", 100, .whole),
            ("bytes=a-b", 100, .whole), ("bytes=--5", 100, .whole), ("items=0-1", 100, .whole),
            ("bytes=+1-2", 100, .whole),
        ] as [(String?, Int, ByteRange)])
    func `ranges are read as the RFC says`(_ field: String?, _ size: Int, _ expected: ByteRange) {
        #expect(ByteRange(field, size: size) == expected)
    }

    @Test(
        arguments: [
            ("attachment; filename=\"invoice.pdf\"", "invoice.pdf"),
            ("attachment; filename=invoice.pdf", "invoice.pdf"),
            ("attachment; filename*=UTF-8''na%C3%AFve%20file.txt", "naïve file.txt"),
            ("attachment; filename=\"a.txt\"; filename*=utf-8'en'%E2%82%AC.txt", "€.txt"),
            ("inline; filename=\"semi;colon \\\"quoted\\\".txt\"", "semi;colon \"quoted\".txt"),
            ("attachment; filename*=ISO-8859-1''x.txt; filename=y.txt", "y.txt"),
            ("attachment; filename*=UTF-8''%FF; filename=y.txt", "y.txt"), ("attachment", nil), ("", nil),
            ("attachment; filename*=UTF-8''%4", nil),
        ] as [(String, String?)])
    func `a file name is read from a disposition`(_ field: String, _ expected: String?) {
        #expect(ContentDisposition.filename(field) == expected)
    }

    @Test(arguments: [
        ("invoice.pdf", "invoice.pdf"), ("naïve €.txt", "naïve €.txt"), ("日本語", "日本語"),
        ("a\"b%d;e.txt", "a\"b%d;e.txt"), ("x\r\ny", "xy"), ("../../etc/passwd", "passwd"), ("C:\\x\\a.txt", "a.txt"),
        ("\u{202E}fdp.exe", "fdp.exe"), ("/", "file"),
    ])
    func `what is written is one line of ASCII, and is read as a bare name`(_ name: String, _ read: String) {
        let field = ContentDisposition.field(isInline: false, filename: name)
        #expect(field.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(field.hasPrefix("attachment; filename=\""))
        #expect(ContentDisposition.filename(field) == read)
    }
}
