import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct NumberNodeTests {
    @Test func `every field of a number can be read`() async throws {
        try await withSandbox { sandbox in
            let names = [
                "display_phone_number", "verified_name", "code_verification_status", "quality_rating", "platform_type",
                "throughput", "webhook_configuration", "status", "name_status", "health_status", "is_on_biz_app",
                "whatsapp_business_manager_messaging_limit",
            ]
            let json = try await sandbox.fields(names.joined(separator: ","))
            #expect(Set(json.members?.map(\.name) ?? []) == Set(names + ["id"]))
            #expect(json["throughput"] == ["level": "STANDARD"])
            #expect(json["whatsapp_business_manager_messaging_limit"]?.text == "TIER_100K")
            #expect(json["webhook_configuration"]?["application"]?.text?.hasSuffix("/hook") == true)
            #expect(try await sandbox.fields("shoe_size")["error"]?["code"]?.integer == 100)
        }
    }

    @Test func `what Meta decides is set by a control call, and refused when it makes no sense`() async throws {
        try await withSandbox { sandbox in
            try await sandbox.setNumber([
                "quality_rating": "RED", "throughput": "HIGH", "messaging_limit": "TIER_250", "is_on_biz_app": true,
            ])
            let json = try await sandbox.fields(
                "quality_rating,throughput,whatsapp_business_manager_messaging_limit,is_on_biz_app")
            let expected: JSON = [
                "quality_rating": "RED", "throughput": ["level": "HIGH"],
                "whatsapp_business_manager_messaging_limit": "TIER_250", "is_on_biz_app": true,
                "id": JSON(RunningSandbox.acme),
            ]
            #expect(json == expected)
            let wrong = try await sandbox.control(
                .post, "numbers", ["phone_number_id": JSON(RunningSandbox.acme), "quality_rating": "PINK"])
            #expect(wrong.status == 400)
            #expect(wrong.json["error"]?["message"]?.text?.contains("GREEN") == true)
        }
    }

    @Test func `health is as good as its worst part`() async throws {
        try await withSandbox { sandbox in
            func health() async throws -> String? {
                try await sandbox.fields("health_status%7Bcan_send_message%7D")["health_status"]?["can_send_message"]?
                    .text
            }
            #expect(try await health() == "AVAILABLE")
            _ = try await sandbox.control(
                .post, "accounts",
                [
                    "waba": JSON(RunningSandbox.waba),
                    "health": [
                        "can_send_message": "LIMITED",
                        "errors": [["error_code": 141006, "error_description": "No payment method."]],
                    ],
                ])
            #expect(try await health() == "LIMITED")
            try await sandbox.setNumber(["health": "BLOCKED"])
            #expect(try await health() == "BLOCKED")
            let account = try await sandbox.call(
                .get, "/v25.0/\(RunningSandbox.waba)?fields=health_status", token: RunningSandbox.token)
            let entities = account.json["health_status"]?["entities"]?.elements ?? []
            #expect(entities.compactMap { $0["entity_type"]?.text } == ["WABA", "BUSINESS", "APP"])
            #expect(entities.first?["errors"]?.elements?.first?["error_code"]?.integer == 141006)
        }
    }

    @Test func `profile fields are kept within their limits`() async throws {
        try await withSandbox { sandbox in
            let profile: JSON = [
                "messaging_product": "whatsapp", "about": "Open 9 to 5", "description": "Grüße", "vertical": "RETAIL",
                "email": "shop@acme.example", "websites": ["https://acme.example"],
            ]
            #expect(try await sandbox.number(.post, "whatsapp_business_profile", profile).json == ["success": true])
            let path = "whatsapp_business_profile?fields=about,description,vertical,email,websites,address"
            let read = try await sandbox.number(.get, path).json["data"]?.elements?.first
            #expect(read?["description"]?.text == "Grüße")
            #expect(read?["websites"] == ["https://acme.example"])
            #expect(read?["address"] == nil)
            #expect(read?["messaging_product"]?.text == "whatsapp")
        }
    }

    @Test(
        arguments: [
            ["about": JSON(String(repeating: "x", count: 140))], ["about": ""],
            ["address": JSON(String(repeating: "x", count: 257))],
            ["description": JSON(String(repeating: "x", count: 513))], ["email": "nobody"],
            ["websites": ["https://a.example", "https://b.example", "https://c.example"]], ["websites": ["ftp://a"]],
            ["vertical": "MOON"], ["shoe_size": "42"],
        ] as [JSON])
    func `a profile that breaks a limit is refused and changes nothing`(change: JSON) async throws {
        try await withSandbox { sandbox in
            let body = ["messaging_product": "whatsapp"] + change + ["address": "Main Street 1"]
            #expect(try await sandbox.number(.post, "whatsapp_business_profile", body).errorCode == 100)
            let read = try await sandbox.number(.get, "whatsapp_business_profile?fields=address,about")
            #expect(read.json["data"]?.elements?.first?["address"] == nil)
        }
    }

    @Test func `settings are set one feature at a time, in both of the documented forms`() async throws {
        try await withSandbox { sandbox in
            let both: JSON = ["calling": ["status": "ENABLED"], "payload_encryption": ["status": "DISABLED"]]
            #expect(try await sandbox.number(.post, "settings", both).errorCode == 100)
            #expect(try await sandbox.number(.post, "settings", ["calling": ["status": "ENABLED"]]).status == 200)
            for check in [["enable_identity_key_check": true], ["enabled": true]] as [JSON] {
                #expect(try await sandbox.number(.post, "settings", ["user_identity_change": check]).status == 200)
            }
            let storage: JSON = ["storage_configuration": ["enabled": true, "region": "CH"]]
            #expect(try await sandbox.number(.post, "settings", storage).status == 200)
            let read = try await sandbox.number(.get, "settings").json
            #expect(read["calling"]?["status"]?.text == "ENABLED")
            #expect(read["user_identity_change"]?["enable_identity_key_check"]?.flag == true)
            #expect(read["storage_configuration"]?["data_localization_region"]?.text == "CH")
        }
    }
}
