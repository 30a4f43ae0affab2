import Testing

@testable import HubSandbox

@Suite(.timeLimit(.minutes(1)))
struct PeopleTests {
    @Test func `people can be replaced, and a reset brings the samples back`() async throws {
        try await withSandbox { sandbox in
            let samples = try await sandbox.call(.get, "/_sandbox/people").json
            #expect(samples["people"]?.elements?.count == SandboxPerson.samples.count)
            let replaced = try await sandbox.call(
                .put, "/_sandbox/people",
                [
                    "people": [
                        [
                            "id": "zoe", "given_name": "Zoë <b>", "family_name": "O'Hara",
                            "subjects": ["google": "42"],
                        ]
                    ]
                ])
            #expect(replaced.status == 200)
            let page = try await GoogleVisit(sandbox: sandbox).authorize()
            #expect(page.text.contains("Zoë &lt;b&gt; O&#39;Hara"))
            #expect(!page.text.contains("Lovelace"))
            _ = try await sandbox.call(.post, "/_sandbox/reset")
            #expect(try await sandbox.call(.get, "/_sandbox/people").json == samples)
        }
    }

    @Test(
        arguments: [
            ["people": []], ["people": [["id": "A", "given_name": "a", "family_name": "b"]]],
            ["people": [["id": "a", "given_name": "a"]]],
            ["people": [["id": "a", "given_name": "a", "family_name": "b", "hat": "red"]]],
            [
                "people": [
                    ["id": "a", "given_name": "a", "family_name": "b"],
                    ["id": "a", "given_name": "a", "family_name": "b"],
                ]
            ],
        ] as [JSON])
    func `people that make no sense are refused`(json: JSON) async throws {
        try await withSandbox { sandbox in
            let answer = try await sandbox.call(.put, "/_sandbox/people", json)
            #expect(answer.status == 400)
        }
    }

    @Test func `a person's id is the same each time, and another at each provider and in each realm`() {
        let ada = SandboxPerson.samples[0]
        #expect(ada.subject(at: "google") == ada.subject(at: "google"))
        #expect(ada.subject(at: "google").count == 21)
        #expect(ada.subject(at: "apple", realm: "TEAM1") != ada.subject(at: "apple", realm: "TEAM2"))
        #expect(ada.subject(at: "facebook", realm: "1") != ada.subject(at: "facebook", realm: "2"))
        let people = SandboxPerson.samples.map { $0.subject(at: "google") }
        #expect(Set(people).count == people.count)
    }
}
