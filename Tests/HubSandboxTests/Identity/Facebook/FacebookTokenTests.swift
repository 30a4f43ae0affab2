import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct FacebookTokenTests {
    private func error(_ page: PageAnswer) -> [Int?] {
        let error = page.json["error"]
        return [page.status, error?["code"]?.integer, error?["error_subcode"]?.integer]
    }

    @Test func `a code counts once, for its app, its address and ten minutes`() async throws {
        try await withFacebook { facebook in
            let code = try await facebook.consent().callback["code"] ?? ""
            #expect(error(try await facebook.exchange(code, ["client_secret": "guess"])) == [400, 1, nil])
            #expect(error(try await facebook.exchange(code, ["client_id": "2"])) == [400, 101, nil])
            #expect(
                error(try await facebook.exchange(code, ["redirect_uri": "http://evil.example/"])) == [400, 100, 36008])
            #expect(error(try await facebook.exchange(code, ["redirect_uri": ""])) == [400, 191, nil])
            #expect(error(try await facebook.exchange("made-up")) == [400, 100, 36008])
            let token = try await facebook.exchange(code).json["access_token"]?.text ?? ""
            #expect(error(try await facebook.exchange(code)) == [400, 100, 36009])
            #expect(try await facebook.graph("me", token: token).status == 200)
            let late = try await facebook.consent().callback["code"] ?? ""
            try await facebook.sandbox.advance(milliseconds: 600_000)
            #expect(error(try await facebook.exchange(late)) == [400, 100, 36007])
        }
    }

    @Test func `a proof is asked for, and has to be right`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            #expect(error(try await facebook.graph("me", token: token, proof: nil)) == [400, 100, nil])
            #expect(error(try await facebook.graph("me", token: token, proof: "00")) == [400, 100, nil])
            #expect(try await facebook.graph("me", token: token).status == 200)
            let now = try await facebook.sandbox.call(.get, "/_sandbox/whatsapp/clock").json["now"]?.integer ?? 0
            for (time, status) in [(now, 200), (now - 600, 400)] {
                let proof = AppSecretProof.make(token: "\(token)|\(time)", secret: FacebookLoginCase.secret)
                let answer = try await facebook.graph(
                    "me", token: token, proof: proof, [("appsecret_time", String(time))])
                #expect(answer.status == status)
            }
            _ = try await facebook.control(.put, "app", ["require_appsecret_proof": false])
            #expect(try await facebook.graph("me", token: token, proof: nil).status == 200)
            #expect(error(try await facebook.graph("me", token: token, proof: "00")) == [400, 100, nil])
        }
    }

    @Test func `a token is exchanged for a longer life while it lives`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            func longer(_ token: String) async throws -> PageAnswer {
                try await facebook.exchange(
                    "", ["grant_type": "fb_exchange_token", "fb_exchange_token": token, "redirect_uri": ""])
            }
            let long = try await longer(token).json
            #expect(long["expires_in"]?.integer == 5_183_944)
            try await facebook.sandbox.advance(milliseconds: FacebookToken.shortLifetime * 1000)
            #expect(error(try await longer(token)) == [400, 190, 463])
            let dead = try await facebook.graph("me", token: token)
            #expect(error(dead) == [400, 190, 463])
            #expect(dead.headers["www-authenticate"]?.contains("invalid_token") == true)
            #expect(try await facebook.graph("me", token: long["access_token"]?.text ?? "").status == 200)
            try await facebook.setFaults(["exchange_refused": true])
            #expect(error(try await longer(long["access_token"]?.text ?? "")) == [400, 190, nil])
        }
    }

    @Test func `debug_token tells whose a token is, to its own app only`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            let me = try await facebook.graph("me", token: token).json
            let data = try await facebook.debug(token)
            #expect(data["app_id"]?.text == FacebookLoginCase.appID)
            #expect(data["is_valid"] == true && data["type"] == "USER")
            #expect(data["user_id"] == me["id"])
            #expect(data["granular_scopes"] == [["scope": "email"], ["scope": "public_profile"]])
            #expect(try await facebook.debug("made-up")["is_valid"] == false)
            let guess = try await facebook.debug(token, viewer: "\(FacebookLoginCase.appID)|guess")
            #expect(guess["error"]?["code"] == 190)
            _ = try await facebook.control(.post, "clients", ["id": "77", "secret": "other"])
            let other = try await facebook.debug(token, viewer: "77|other")
            #expect(other["is_valid"] == false && other["error"]?["code"] == 100)
            #expect(other["user_id"] == nil)
        }
    }

    @Test func `ids are scoped to the app, and a token of another app is known as one`() async throws {
        try await withFacebook { facebook in
            let own = try await facebook.debug(try await facebook.token())["user_id"]
            try await facebook.setFaults(["foreign_token": ["next": 1]])
            let foreign = try await facebook.token()
            let data = try await facebook.debug(foreign)
            #expect(data["is_valid"] == false)
            let theirs = try await facebook.debug(foreign, viewer: "1066000000009999|another-app-secret")
            #expect(theirs["app_id"] == "1066000000009999")
            #expect(theirs["user_id"] != own && theirs["user_id"] != nil)
            // Its proof needs the other app's secret.
            #expect(error(try await facebook.graph("me", token: foreign)) == [400, 100, nil])
        }
    }

    @Test func `permissions are taken back one by one or all at once`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            let id = try await facebook.graph("me", token: token).json["id"]?.text ?? ""
            #expect(try await facebook.graph("1/permissions", token: token, method: .delete).status == 400)
            let one = try await facebook.graph("me/permissions/email", token: token, method: .delete)
            #expect(one.json == ["success": true])
            let left = try await facebook.graph("me/permissions", token: token).json["data"]
            #expect(
                left == [
                    ["permission": "email", "status": "declined"],
                    ["permission": "public_profile", "status": "granted"],
                ])
            #expect(try await facebook.graph("me", token: token, [("fields", "email")]).json["email"] == nil)
            let all = try await facebook.graph("\(id)/permissions", token: token, method: .delete)
            #expect(all.json == ["success": true])
            #expect(error(try await facebook.graph("me", token: token)) == [400, 190, 458])
            #expect(try await facebook.debug(token)["is_valid"] == false)
        }
    }

    @Test(arguments: [458, 459, 460, 463, 464, 467])
    func `a dead token says why`(subcode: Int) async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            try await facebook.setFaults(["dead_token": ["value": JSON(subcode), "next": 1]])
            #expect(error(try await facebook.graph("me", token: token)) == [400, 190, subcode])
            #expect(try await facebook.graph("me", token: token).status == 200)
            _ = try await facebook.control(.post, "tokens/kill", ["token": JSON(token), "subcode": JSON(subcode)])
            #expect(error(try await facebook.graph("me", token: token)) == [400, 190, subcode])
            _ = try await facebook.control(.post, "tokens/kill", ["person": "ada", "subcode": .null])
            #expect(try await facebook.graph("me", token: token).status == 200)
        }
    }

    @Test func `faults of replies and of the Graph API show`() async throws {
        try await withFacebook { facebook in
            try await facebook.setFaults([
                "token_reply": ["body": "access_token=abc", "content_type": "text/html", "next": 1],
                "graph_error": ["code": 613, "next": 1], "no_email": true, "other_id": "5",
            ])
            let code = try await facebook.consent().callback["code"] ?? ""
            let malformed = try await facebook.exchange(code)
            #expect(malformed.text == "access_token=abc")
            let token = try await facebook.token()
            #expect(error(try await facebook.graph("me", token: token)) == [400, 613, nil])
            let me = try await facebook.graph("me", token: token, [("fields", "id,email")])
            #expect(me.json == ["id": "5"])
            #expect(try await facebook.control(.put, "faults", ["colour": true]).status == 400)
        }
    }

    @Test func `unknown paths, versions and fields are refused`() async throws {
        try await withFacebook { facebook in
            let token = try await facebook.token()
            #expect(error(try await facebook.graph("me", token: token, [("fields", "shoe_size")])) == [400, 100, nil])
            #expect(error(try await facebook.graph("me/friends/all", token: token)) == [400, 2500, nil])
            #expect(error(try await facebook.sandbox.visit("/facebook/graph/v3.0/me")) == [400, 2500, nil])
            #expect(error(try await facebook.sandbox.visit("/facebook/graph/me")) == [400, 2500, nil])
        }
    }
}
