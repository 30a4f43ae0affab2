import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("News of accounts and numbers")
struct AccountNewsTests {
    private func alert(_ body: String) throws -> ChannelAlert {
        for case .alert(let alert) in try Harness.batch(body).updates { return alert }
        throw Harness.Missing()
    }

    private func limits(_ body: String) throws -> ChannelLimits {
        guard case .limits(let limits)? = try Harness.batch(body).updates.first else { throw Harness.Missing() }
        return limits
    }

    @Test(
        "What ends all sending pauses the channel, what ends that resumes it, and the rest is told",
        arguments: [
            (Fixtures.accountUpdate("ACCOUNT_DELETED"), "ACCOUNT_DELETED", .pauses),
            (Fixtures.accountUpdate("ACCOUNT_OFFBOARDED"), "ACCOUNT_OFFBOARDED", .pauses),
            (Fixtures.accountUpdate("PARTNER_APP_UNINSTALLED"), "PARTNER_APP_UNINSTALLED", .pauses),
            (Fixtures.partnerRemoved, "PARTNER_REMOVED", .pauses),
            (Fixtures.accountUpdate("ACCOUNT_RECONNECTED"), "ACCOUNT_RECONNECTED", .resumes),
            (Fixtures.ban("DISABLE"), "DISABLED_UPDATE", .pauses),
            (Fixtures.ban("SCHEDULE_FOR_DISABLE"), "DISABLED_UPDATE", .none),
            (Fixtures.ban("REINSTATE"), "DISABLED_UPDATE", .resumes), (Fixtures.ban("NEWER"), "DISABLED_UPDATE", .none),
            (Fixtures.restriction("RESTRICTED_ADD_PHONE_NUMBER_ACTION"), "ACCOUNT_RESTRICTION", .none),
            (Fixtures.restriction("RESTRICTED_BIZ_INITIATED_MESSAGING"), "ACCOUNT_RESTRICTION", .none),
            (
                Fixtures.restriction("RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_CUSTOMER_INITIATED_MESSAGING"),
                "ACCOUNT_RESTRICTION", .pauses
            ), (Fixtures.accountUpdate("AD_ACCOUNT_LINKED"), "AD_ACCOUNT_LINKED", .none),
            (Fixtures.accountUpdate("teleported"), "TELEPORTED", .none),
        ] as [(String, String, ChannelAlert.Effect)])
    func effects(body: String, word: String, effect: ChannelAlert.Effect) throws {
        let alert = try alert(body)
        #expect(alert.code == "account_update.\(word)" && alert.effect == effect)
        #expect(alert.severity == .critical || effect != .pauses)
        #expect(alert.raw["time"] == 1_795_420_600 && alert.raw["field"] == "account_update")
        #expect(alert.occurredAt == Timestamp(seconds: 1_795_420_600))
    }

    @Test("A partner's link belongs to the account that is named inside")
    func partner() throws {
        #expect(try Harness.batch(Fixtures.partnerRemoved).account == .parent("102290129340399"))
    }

    @Test("An account's alert has Meta's severity, and is over when it is not active any more")
    func accountAlerts() throws {
        let active = try alert(Fixtures.accountAlert("CRITICAL", status: "ACTIVE"))
        #expect(active.code == "account_alerts.OBA_REJECTED" && active.severity == .critical && active.effect == .none)
        let over = try alert(Fixtures.accountAlert("INFORMATIONAL", status: "NONE"))
        #expect(over.severity == .information && over.effect == .clears)
    }

    @Test(
        "One thing has one code, so that a later word ends an earlier one's alert",
        arguments: [
            ("account_review_update", "decision", "APPROVED", "account_review_update", .clears),
            ("account_review_update", "decision", "REJECTED", "account_review_update", .none),
            ("phone_number_name_update", "decision", "APPROVED", "phone_number_name_update", .clears),
            ("business_username_updates", "status", "deleted", "business_username_updates", .none),
            ("payment_configuration_update", "status", "Active", "payment_configuration_update", .clears),
            ("phone_number_quality_update", "event", "FLAGGED", "phone_number_quality_update.FLAGGED", .none),
            ("phone_number_quality_update", "event", "UNFLAGGED", "phone_number_quality_update.FLAGGED", .clears),
            ("security", "event", "PIN_RESET_REQUEST", "security.PIN_RESET_REQUEST", .none),
            ("flows", "event", "ENDPOINT_LATENCY", "flows.ENDPOINT_LATENCY", .none),
        ] as [(String, String, String, String, ChannelAlert.Effect)])
    func codes(field: String, member: String, word: String, code: String, effect: ChannelAlert.Effect) throws {
        let alert = try alert(Fixtures.accountChange(field, #"{"\#(member)":"\#(word)"}"#))
        #expect(alert.code == code && alert.effect == effect)
    }

    @Test("A flow's alert ends when Meta says so")
    func flows() throws {
        let over = try alert(
            Fixtures.accountChange("flows", #"{"event":"ENDPOINT_LATENCY","alert_state":"DEACTIVATED","flow_id":"1"}"#))
        #expect(over.code == "flows.ENDPOINT_LATENCY" && over.effect == .clears)
        let blocked = try alert(
            Fixtures.accountChange("flows", #"{"event":"FLOW_STATUS_CHANGE","new_status":"BLOCKED"}"#))
        #expect(blocked.severity == .critical)
    }

    @Test("Titles are ours: nothing of the change is in them", arguments: Fixtures.accountShapes)
    func titles(shape: Shape) throws {
        let titles = Set(AlertField.all.values.flatMap { $0.rules + [$0.other] }.map(\.title))
        for case .alert(let alert) in try Harness.batch(shape.body).updates { #expect(titles.contains(alert.title)) }
    }

    @Test("News without the word that tells what happened are kept raw", arguments: Array(AlertField.all.keys))
    func withoutWord(field: WebhookField) throws {
        for value in [#"{"event":7,"decision":null}"#, #"{"event":"<b>","status":"<b>","decision":"<b>"}"#] {
            let updates = try Harness.batch(Fixtures.accountChange(field.rawValue, value)).updates
            let hasPath = AlertField.all[field]?.path.isEmpty == false
            #expect(updates.count == 1 && updates.allSatisfy { $0.isNotice == hasPath })
        }
    }

    @Test(
        "A messaging limit is a number or a tier",
        arguments: [
            ("2000", 2000), (#""2000""#, 2000), ("-1", .max), (#""TIER_250""#, 250), (#""TIER_2K""#, 2000),
            (#""tier_10k""#, 10_000), (#""TIER_100K""#, 100_000), (#""TIER_UNLIMITED""#, .max), (#""UNLIMITED""#, .max),
        ] as [(String, Int)])
    func messagingLimit(spelled: String, limit: Int) throws {
        #expect(try limits(Fixtures.capability(spelled)) == ChannelLimits(newContactsPerDay: limit))
    }

    @Test(
        "What is no limit is kept raw",
        arguments: ["0", "null", #""TIER_NOT_SET""#, #""TIER_-5""#, "{}", "1e3", #""""#])
    func noLimit(spelled: String) throws {
        #expect(try Harness.batch(Fixtures.capability(spelled)).updates.map(\.isNotice) == [true])
    }

    @Test("More throughput is a thousand messages a second; a flagged number is an alert beside its limit")
    func numberQuality() throws {
        #expect(try limits(Fixtures.throughput) == ChannelLimits(messagesPerSecond: 1000, newContactsPerDay: .max))
        #expect(try limits(Fixtures.flagged) == ChannelLimits(newContactsPerDay: 10_000))
        #expect(try alert(Fixtures.flagged).code == "phone_number_quality_update.FLAGGED")
    }
}
