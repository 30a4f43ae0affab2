import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct RegistrationTests {
    private func register(_ sandbox: RunningSandbox, pin: String = "212834") async throws -> RunningSandbox.Answer {
        try await sandbox.number(.post, "register", ["messaging_product": "whatsapp", "pin": JSON(pin)])
    }

    @Test func `the first PIN is set, later ones must match it`() async throws {
        try await withSandbox { sandbox in
            let first = try await register(sandbox)
            #expect(first.json == ["success": true])
            #expect(try await register(sandbox, pin: "000000").errorCode == 133005)
            #expect(try await register(sandbox, pin: "12345").errorCode == 100)
            #expect(try await sandbox.number(.post, "", ["pin": "999999"]).json == ["success": true])
            #expect(try await register(sandbox, pin: "999999").status == 200)
        }
    }

    @Test func `a number that is not registered cannot send`() async throws {
        try await withSandbox { sandbox in
            #expect(try await sandbox.number(.post, "deregister").json == ["success": true])
            #expect(try await sandbox.sendText().errorCode == 133010)
            let state = try await sandbox.fields("status,platform_type,health_status")
            #expect(state["status"]?.text == "DISCONNECTED")
            #expect(state["platform_type"]?.text == "NOT_APPLICABLE")
            #expect(state["health_status"]?["can_send_message"]?.text == "BLOCKED")
            #expect(try await register(sandbox).status == 200)
            #expect(try await sandbox.sendText().status == 200)
        }
    }

    @Test func `ten calls in 72 hours, no more until they are over`() async throws {
        try await withSandbox { sandbox in
            for _ in 0..<10 { #expect(try await register(sandbox).status == 200) }
            #expect(try await register(sandbox).errorCode == 133016)
            #expect(try await sandbox.number(.post, "deregister").errorCode == 133016)
            try await sandbox.advance(milliseconds: 72 * 3_600_000 + 1000)
            #expect(try await register(sandbox).status == 200)
        }
    }

    @Test func `too many wrong PINs lock the number for a time`() async throws {
        try await withSandbox { sandbox in
            _ = try await register(sandbox)
            for _ in 0..<5 { #expect(try await register(sandbox, pin: "111111").errorCode == 133005) }
            #expect(try await register(sandbox).errorCode == 133008)
            try await sandbox.advance(milliseconds: 11 * 60_000)
            #expect(try await register(sandbox).status == 200)
        }
    }

    @Test func `an unverified number gets a code, and registers once it is given back`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setNumber(["code_verification_status": "NOT_VERIFIED", "registered": false])
            #expect(try await register(sandbox).errorCode == 133006)
            let bad = try await sandbox.number(.post, "request_code", ["code_method": "FAX", "language": "en_US"])
            #expect(bad.errorCode == 100)
            let requested = try await sandbox.number(
                .post, "request_code", ["code_method": "SMS", "language": "en_US"])
            #expect(requested.json == ["success": true])
            #expect(try await sandbox.number(.post, "verify_code", ["code": "000000"]).errorCode == 136025)
            let numbers = try await sandbox.control(.get, "numbers").json["numbers"]?.elements ?? []
            let code = try #require(numbers.first?["verification_code"]?.text)
            #expect(try await sandbox.number(.post, "verify_code", ["code": JSON(code)]).status == 200)
            #expect(try await sandbox.number(.post, "verify_code", ["code": JSON(code)]).errorCode == 136025)
            #expect(try await register(sandbox).status == 200)
            #expect(try await sandbox.fields("code_verification_status")["code_verification_status"] == "VERIFIED")
        }
    }

    @Test func `forms and query parameters are taken as JSON is`() async throws {
        try await withSandbox { sandbox in
            let path = "/v25.0/\(RunningSandbox.acme)/register?messaging_product=whatsapp&pin=212834"
            let registered = try await sandbox.call(.post, path, token: RunningSandbox.token)
            #expect(registered.status == 200)
            #expect(try await register(sandbox, pin: "000000").errorCode == 133005)
        }
    }
}
