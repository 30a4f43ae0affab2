import NIOCore
import Testing

@testable import HubSandbox

struct MediaStoreTests {
    private func item(_ count: Int, direction: MediaItem.Direction = .uploaded, at time: Int = 0) -> MediaItem {
        MediaItem(
            [UInt8](repeating: 7, count: count), mimeType: "image/png", phoneNumberID: "1", direction: direction,
            storedAt: time)
    }

    @Test func `the oldest go when there are too many bytes, and the newest stays`() {
        var store = MediaStore(limit: 100)
        let items = [40, 50, 30, 200].map { item($0) }
        store.put(items[0])
        store.put(items[1])
        #expect(store.totalBytes == 90)
        store.put(items[2])
        #expect(store.item(items[0].id, now: 1) == nil)
        #expect(store.totalBytes == 80)
        store.put(items[3])
        #expect(store.count == 1 && store.totalBytes == 200)
        #expect(store.item(items[3].id, now: 1) != nil)
    }

    @Test func `removed items give their bytes back`() {
        var store = MediaStore(limit: 100)
        let kept = item(10)
        store.put(kept)
        let removed = [store.remove(kept.id), store.remove(kept.id)]
        #expect(removed == [true, false])
        #expect(store.totalBytes == 0 && store.count == 0)
    }

    @Test func `ids of webhooks live 7 days, those of uploads 30`() {
        var store = MediaStore()
        let inbound = item(1, direction: .inbound, at: 1000)
        let uploaded = item(1, direction: .uploaded, at: 1000)
        store.put(inbound)
        store.put(uploaded)
        #expect(store.item(inbound.id, now: 1000 + 7 * 86_400 - 1) != nil)
        #expect(store.item(inbound.id, now: 1000 + 7 * 86_400) == nil)
        #expect(store.item(uploaded.id, now: 1000 + 30 * 86_400 - 1) != nil)
        #expect(store.item(uploaded.id, now: 1000 + 30 * 86_400) == nil)
    }

    @Test func `what a webhook says of a file`() {
        let members = item(1, direction: .inbound).webhookMembers(address: "http://x/y")
        #expect(members.map(\.name) == ["mime_type", "sha256", "id", "url"])
        #expect(members[1].value.text?.hasSuffix("=") == true)
    }

    @Test(arguments: [
        ("audio/ogg; codecs=opus", MediaKind.audio), ("IMAGE/JPEG", .image), ("image/webp", .sticker),
        ("application/pdf", .document), ("video/3gpp", .video), ("image/gif", nil), ("", nil),
    ])
    func `a MIME type makes a kind`(type: String, kind: MediaKind?) {
        #expect(MediaKind(mimeType: type) == kind)
    }

    @Test func `a sticker that moves may be longer`() {
        let still = Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0x10]
        let moving = still.dropLast() + [0x12]
        #expect(!MediaKind.isAnimatedWebP(still))
        #expect(MediaKind.isAnimatedWebP(moving))
        #expect(!MediaKind.isAnimatedWebP(Array("RIFF".utf8)))
        #expect(MediaKind.sticker.limit(isAnimated: true) == 5 * MediaKind.sticker.limit(isAnimated: false))
    }

    @Test func `bytes are given back to a budget`() {
        let budget = ByteBudget(limit: 10)
        #expect(budget.take(8))
        #expect(!budget.take(3))
        budget.give(8)
        #expect(budget.take(10))
    }
}

struct MultipartFormTests {
    private func parse(_ body: String, _ type: String = "multipart/form-data; boundary=B") -> MultipartForm? {
        MultipartForm(ByteBuffer(string: body).readableBytesView, contentType: type)
    }

    @Test func `parts keep their names, types and every byte`() throws {
        let form = try #require(
            parse(
                "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--C\r\n--B\r\n"
                    + "content-type: image/png\r\nContent-Disposition: form-data; filename=\"x;\\\"y.png\"; name=b\r\n\r\n"
                    + "\r\n2\r\n\r\n--B--\r\n"))
        #expect(form.parts.map(\.name) == ["a", "b"])
        #expect(form["a"]?.text == "1\r\n--C")
        #expect(form["b"]?.text == "\r\n2\r\n")
        #expect(form["b"]?.filename == "x;\"y.png")
        #expect(form["b"]?.contentType == "image/png")
    }

    @Test(arguments: [
        ("", "multipart/form-data; boundary=B"), ("--B--", "application/json"),
        ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "multipart/form-data; boundary=B"),
        ("--B\r\nno header\r\n--B--", "multipart/form-data; boundary=B"),
        ("--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--", "multipart/form-data; boundary=B"),
        ("--B--", "multipart/form-data"), ("--B", "multipart/form-data; boundary=B"),
    ])
    func `what is no form is none`(body: String, type: String) {
        #expect(parse(body, type) == nil)
    }
}
