import AdapterKit
import AdapterTesting
import Testing

@testable import Shopify

@Suite("The callback's own proof")
struct CallbackTests {
    private func outcome(_ callback: SignInCallback, secrets: [String] = [Sample.secret]) async throws
        -> SignInRefusal.Reason?
    {
        let adapter = try Sample.signIn(secrets: secrets)
        return await refusal { () throws(SignInRefusal) in try adapter.prove(callback) }
    }

    @Test("A callback as Shopify sends it is taken, and its signature is the known one")
    func good() async throws {
        #expect(try await outcome(Sample.callback(Sample.parameters())) == nil)
        // Made by OpenSSL over "code=0907a61c0c8d55e99db179b68161bc00&shop=acme-store.myshopify.com&timestamp=1337178173".
        let known = SignInCallback(
            parameters: [
                "code": "0907a61c0c8d55e99db179b68161bc00", "shop": Sample.shop, "timestamp": "1337178173",
                "hmac": "f3136d3c2af88dccbf694ad7e394095296fae0b3385d2a0cc453d5a1ef548d1d",
            ], raw: "", startParameters: ["shop": Sample.shop], receivedAt: Timestamp(seconds: 1_337_178_200))
        #expect(try await outcome(known, secrets: ["hush"]) == nil)
    }

    @Test("Row 80: no hmac, a wrong one, one in capitals, half of one and a list are refused")
    func signature() async throws {
        let good = Sample.callback(Sample.parameters())
        let hmac = try #require(good.parameters["hmac"])
        func with(_ change: (inout [String: String]) -> Void) -> SignInCallback {
            var callback = good
            change(&callback.parameters)
            return callback
        }
        #expect(try await outcome(with { $0["hmac"] = nil }) == .proofMissing)
        #expect(try await outcome(with { $0["hmac"] = "" }) == .proofMissing)
        #expect(
            try await outcome(
                with {
                    $0["hmac"] = nil; $0["hmac[]"] = hmac
                }) == .proofMissing)
        for wrong in [
            String(repeating: "0", count: 64), hmac.uppercased(), String(hmac.dropLast()), String(hmac.prefix(32)),
            hmac + "00", " " + hmac,
        ] {
            #expect(try await outcome(with { $0["hmac"] = wrong }) == .proofWrong)
        }
    }

    @Test("Row 80: an older secret counts while it is named, and not after")
    func rotation() async throws {
        let old = Sample.callback(Sample.parameters(), secret: Sample.oldSecret)
        #expect(try await outcome(old, secrets: [Sample.secret, Sample.oldSecret]) == nil)
        #expect(try await outcome(old) == .proofWrong)
        let new = Sample.callback(Sample.parameters())
        #expect(try await outcome(new, secrets: [Sample.secret, Sample.oldSecret]) == nil)
    }

    @Test(
        "Row 81: the time has to be there, a number, and near",
        arguments: [
            (nil, .proofStale), ("", .proofStale), ("soon", .proofStale), ("1795420800.5", .proofStale),
            ("-1795420800", .proofStale), ("+1795420800", .proofStale), ("99999999999999999999", .proofStale),
            ("\u{0661}795420800", .proofStale),
        ] as [(String?, SignInRefusal.Reason?)])
    func time(text: String?, reason: SignInRefusal.Reason?) async throws {
        var parameters = Sample.parameters()
        parameters["timestamp"] = text
        #expect(try await outcome(Sample.callback(parameters)) == reason)
    }

    @Test(
        "Row 81: 90 seconds are near, 91 are not, whichever way; a wider window is for the past alone",
        arguments: [
            (90, 90, true), (91, 90, false), (-90, 90, true), (-91, 90, false), (600, 600, true), (601, 600, false),
            (-91, 600, false),
        ])
    func edges(age: Int64, window: Int, isTaken: Bool) async throws {
        let callback = Sample.callback(Sample.parameters(["timestamp": String(Sample.seconds - age)]))
        let adapter = try Sample.signIn(["timestamp_window_seconds": .integer(window)])
        let reason = await refusal { () throws(SignInRefusal) in try adapter.prove(callback) }
        #expect(reason == (isTaken ? nil : .proofStale))
    }

    @Test("Row 81: a time as a list is refused")
    func listedTime() async throws {
        var parameters = Sample.parameters()
        parameters["timestamp[]"] = parameters.removeValue(forKey: "timestamp")
        let text = parameters.sorted { $0.key < $1.key }.map { name, value in
            name == "timestamp[]" ? "timestamp=[\"\(value)\"]" : "\(name)=\(value)"
        }.joined(separator: "&")
        #expect(try await outcome(Sample.callback(parameters, signed: text)) == .proofStale)
    }

    @Test("Row 82: one parameter more is fine when it is signed, and refused when it is not")
    func extras() async throws {
        let signed = Sample.callback(Sample.parameters(["session": "6f4e", "locale": "de"]))
        #expect(try await outcome(signed) == nil)
        var added = Sample.callback(Sample.parameters())
        added.parameters["locale"] = "de"
        #expect(try await outcome(added) == .proofWrong)
        var removed = signed
        removed.parameters["locale"] = nil
        #expect(try await outcome(removed) == .proofWrong)
    }

    @Test("Row 83: the order of parameters says nothing", arguments: 0..<5)
    func order(_: Int) async throws {
        let good = Sample.callback(Sample.parameters())
        var shuffled = good
        shuffled.parameters = Dictionary(uniqueKeysWithValues: good.parameters.shuffled())
        shuffled.raw = good.parameters.shuffled().map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        #expect(try await outcome(shuffled) == nil)
    }

    @Test("Row 84: a value with & and = is not taken for two parameters, nor two for one")
    func smuggling() async throws {
        var two = Sample.parameters(["note": "a", "other": "b"])
        let signedTwo = Sample.callback(two)
        two["note"] = "a&other=b"
        two["other"] = nil
        var smuggled = SignInCallback(
            parameters: two, raw: "", startParameters: ["shop": Sample.shop], receivedAt: Sample.now)
        smuggled.parameters["hmac"] = signedTwo.parameters["hmac"]
        #expect(try await outcome(smuggled) == .proofWrong)
        // The other way round: signed as one, offered as two.
        let one = Sample.parameters(["note": "a&other=b"])
        let text =
            "code=sample-code-4711&host=\(one["host"] ?? "")&note=a%26other=b&shop=\(Sample.shop)"
            + "&state=sample-state-0815&timestamp=\(Sample.seconds)"
        let signedOne = Sample.callback(one, signed: text)
        #expect(try await outcome(signedOne) == nil)
        var split = signedOne
        split.parameters["note"] = "a"
        split.parameters["other"] = "b"
        #expect(try await outcome(split) == .proofWrong)
    }

    @Test("Both texts that Shopify's libraries sign are taken for values that need an escape")
    func encodings() async throws {
        let parameters = Sample.parameters(["host": "a+b/c==", "name": "A % B"])
        let rest = "shop=\(Sample.shop)&state=sample-state-0815&timestamp=\(Sample.seconds)"
        let decoded = "code=sample-code-4711&host=a+b/c==&name=A %25 B&" + rest
        let encoded = "code=sample-code-4711&host=a%2Bb%2Fc%3D%3D&name=A%20%25%20B&" + rest
        #expect(try await outcome(Sample.callback(parameters, signed: decoded)) == nil)
        #expect(try await outcome(Sample.callback(parameters, signed: encoded)) == nil)
        #expect(try await outcome(Sample.callback(parameters, signed: encoded + "&")) == .proofWrong)
    }

    @Test("The old signature is no part of what is signed")
    func oldSignature() async throws {
        var callback = Sample.callback(Sample.parameters())
        callback.parameters["signature"] = "6e39a2ea9e497af6cb806720da1f1bf3"
        #expect(try await outcome(callback) == nil)
    }

    @Test(
        "Row 86: a callback of another shop than the one that was asked is refused, though it is signed",
        arguments: ["second-store.myshopify.com", "acme-store", "evil.example", "acme-store.myshopify.com\n", ""])
    func otherShop(shop: String) async throws {
        let callback = Sample.callback(Sample.parameters(["shop": shop]))
        #expect(try await outcome(callback) == .shopWrong)
        let admin = try Sample.admin()
        #expect(await refusal { () throws(SignInRefusal) in try admin.prove(callback) } == .shopWrong)
    }

    @Test("The signature is judged before the rest, so that a forged callback learns nothing of it")
    func sequence() async throws {
        var forged = Sample.callback(Sample.parameters(["timestamp": "0", "shop": "evil.example"]))
        forged.parameters["hmac"] = String(repeating: "0", count: 64)
        #expect(try await outcome(forged) == .proofWrong)
    }
}
