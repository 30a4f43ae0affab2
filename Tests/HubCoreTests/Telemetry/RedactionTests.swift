import HubCore
import Testing

struct RedactionTests {
    @Test(arguments: [
        ("to +15551234567.", "to (redacted)."),
        ("to +1 (555) 123-4567 now", "to (redacted) now"),
        ("+49 151 2345 6789", "(redacted)"),
        ("mail ada.lovelace+x@mail.example.com, please", "mail (redacted), please"),
        ("<a@b.co>", "<(redacted)>"),
        ("id wamid.HBgLMTU1NTEyMzQ1NjcVAgARGBI1QUE= gone", "id (redacted) gone"),
        ("secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "secret=(redacted)"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: (redacted)"),
        ("bearer abc", "(redacted)"),
        ("token EAAJZB1234567890abcdefghij ok", "token (redacted) ok"),
        ("+15551234567 and +15557654321", "(redacted) and (redacted)"),
        ("a@b.co,c@d.co", "(redacted),(redacted)"),
        ("+15551234567@s.whatsapp.net", "(redacted)@s.whatsapp.net"),
    ])
    func replaces(text: String, expected: String) { #expect(Redaction.redact(text) == expected) }

    @Test(arguments: [
        "", "+", "@", "+1", "Delivery failed", "2026-11-23T08:15:30+00:00", "1 + 1234", "writer@acme", "@handle.me",
        "phone_number_id 106540352242922", "msg_01jd3k6v2q8x9y7z5w4t3s2r1p", "wamid", "forbearer x", "EAA is short",
        "attempt 3 of 5 after 250 ms", "Ünïcödé + wörds",
    ])
    func leavesAlone(text: String) { #expect(Redaction.redact(text) == text) }
}
