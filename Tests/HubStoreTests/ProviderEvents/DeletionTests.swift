import AdapterKit
import Testing

@testable import HubStore

struct DeletionTests {
    private let stores: Stores
    private let store: TenantStore
    private let now = Stores.now

    init() throws {
        stores = try Stores()
        store = stores.open()
    }

    private func request(_ code: String, subject: String = "1001", issuedAt: Int64 = 1) async throws
        -> (request: DeletionRequest, result: ProviderEventResult)
    {
        try await store.requestDeletion(
            of: IdentityAccount(.google(subject)), connection: "facebook", issuedAt: Timestamp(seconds: issuedAt),
            code: code, at: now)
    }

    @Test func aRequestErasesAndHasACodeToAskWith() async throws {
        let person = try await store.added().person
        let (request, result) = try await request("code1")
        #expect(request == DeletionRequest(code: "code1", connection: "facebook", completedAt: now))
        #expect(result.isNew && result.unlinked == 1 && result.people == [person.id])
        #expect(try await store.person(id: person.id)?.name == nil)
        #expect(try await store.deletionRequest(code: "code1") == request)
    }

    @Test func theSameRequestHasTheSameCodeAndIsDoneOnce() async throws {
        _ = try await store.added()
        _ = try await request("code1")
        let back = try await store.added().person
        let (again, result) = try await request("code2")
        #expect(again.code == "code1" && result == ProviderEventResult(isNew: false))
        #expect(try await store.deletionRequest(code: "code2") == nil)
        // The person came back since, and is not erased by an old request.
        #expect(try await store.identities(of: back.id).count == 1)
        let (next, second) = try await request("code3", issuedAt: 2)
        #expect(next.code == "code3" && second.unlinked == 1)
    }

    @Test func manyOfOneRequestAtOnceHaveOneCode() async throws {
        let codes = try await atOnce(10) { [self] number in try await request("code\(number)").request.code }
        #expect(Set(codes).count == 1)
    }

    @Test func aRequestForNobodyIsTakenLikeAnyOther() async throws {
        let (request, result) = try await request("code1", subject: "nobody")
        #expect(request.completedAt == now && result == ProviderEventResult())
        #expect(try await stores.open("globex").deletionRequest(code: "code1") == nil)
    }
}
