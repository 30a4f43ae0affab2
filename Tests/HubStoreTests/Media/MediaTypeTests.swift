import Testing

@testable import HubStore

struct MediaTypeTests {
    @Test(arguments: [
        ("image/jpeg", "image/jpeg"), ("Audio/OGG; codecs=opus", "audio/ogg; codecs=opus"),
        ("text/plain;charset=UTF-8", "text/plain; charset=UTF-8"),
        ("video/mp4; codecs=\"avc1.4D, mp4a\"", "video/mp4; codecs=\"avc1.4D, mp4a\""),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=\"Quillon.docx\"",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        ),
        ("image/png ; x=1;;codecs", "image/png"), ("text/plain; charset=a<b", "text/plain"),
    ])
    func keepsWhatSaysHowToReadTheBytes(text: String, normalized: String) {
        #expect(MediaType.normalized(text) == normalized)
    }

    @Test(arguments: [
        "", "image", "image/", "/png", "image/png/x", "image/ png", "im\u{E4}ge/png", "a\r\nb/c",
        "image/\(String(repeating: "a", count: 200))",
    ])
    func aTextThatIsNoTypeIsNone(text: String) {
        #expect(MediaType.normalized(text) == nil)
    }
}
