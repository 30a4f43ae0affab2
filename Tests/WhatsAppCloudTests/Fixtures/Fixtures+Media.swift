extension Fixtures {
    /// SHA-256 of nothing, in both spellings.
    static let emptySHA256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    static let emptySHA256Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    static let image = message(
        #"""
        "type":"image","image":{"id":"1003383421387256","mime_type":"image/jpeg","caption":"Taj Mahal",
          "sha256":"\#(emptySHA256.replacing("/", with: #"\/"#))",
          "url":"https:\/\/lookaside.fbsbx.com\/whatsapp_business\/attachments\/?mid=1003383421387256&ext=1795421000&hash=ARtx"}
        """#)

    static let imageWithHexHash = message(
        #"""
        "type":"image","image":{"id":1003383421387256,"mime_type":"image/jpeg","sha256":"\#(emptySHA256Hex)"}
        """#)

    static let video = message(
        #"""
        "type":"video","video":{"id":"2003","mime_type":"video/mp4","sha256":"not a hash","caption":""}
        """#)

    static let voice = message(
        #"""
        "type":"audio","audio":{"id":"3003","mime_type":"audio/ogg; codecs=opus","sha256":"\#(emptySHA256)","voice":true}
        """#)

    static let audio = message(
        #""type":"audio","audio":{"id":"3004","mime_type":"audio/mpeg","sha256":"\#(emptySHA256)","voice":false}"#)

    static let document = message(
        #"""
        "type":"document","document":{"id":"4003","mime_type":"application/pdf","sha256":"\#(emptySHA256)",
          "filename":"..\/..\/etc\/passwd.pdf","caption":"my invoice"}
        """#)

    static let sticker = message(
        #"""
        "type":"sticker","sticker":{"id":"5003","mime_type":"image/webp","sha256":"\#(emptySHA256)","animated":true}
        """#)

    /// More than Meta takes: there is nothing to fetch.
    static let tooLarge = message(
        #"""
        "type":"video","video":{"id":"6003","mime_type":"video/mp4","caption":"our holiday"},
        "errors":[{"code":131052,"title":"Media download error","message":"Media download error",
          "error_data":{"details":"Media file size too big. Max file size we currently support: 100MB."}}]
        """#)

    /// The same without the media's object.
    static let lostMedia = message(
        #""type":"image","errors":[{"code":131052,"title":"Media download error"}]"#)

    static let mediaShapes = [
        Shape("an image", image), Shape("an image with a hexadecimal hash", imageWithHexHash), Shape("a video", video),
        Shape("a voice note", voice), Shape("a sound", audio), Shape("a document", document),
        Shape("a sticker", sticker),
        Shape("a video that is too large", tooLarge), Shape("an image that was lost", lostMedia),
    ]
}
