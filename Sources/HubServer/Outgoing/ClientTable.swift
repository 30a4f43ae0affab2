import NIOCore

/// Clients by where they dial, with those in use counted and those out of use let go: a value without I/O.
///
/// A client in use is never let go, so the table may pass its limit while more destinations than that are called at once.
struct ClientTable<Client> {
    /// One client dials one address for one host name: the address that was checked for it.
    struct Key: Hashable, Sendable {
        var host: OutgoingHost
        var address: IPAddress
    }

    private struct Slot {
        var client: Client
        var users: Int
        var lastUsed: NIODeadline
    }

    private let limit: Int
    private let idleLifetime: TimeAmount
    private var slots: [Key: Slot] = [:]

    init(limit: Int, idleLifetime: TimeAmount) {
        self.limit = limit
        self.idleLifetime = idleLifetime
    }

    var count: Int { slots.count }

    /// The client of the key, made if there is none, and those that went out of use meanwhile.
    ///
    /// Clients are looked over only when one is added: until then nothing grows.
    mutating func lease(_ key: Key, at now: NIODeadline, make: () -> Client) -> (client: Client, letGo: [Client]) {
        if let client = slots[key]?.client {
            slots[key]?.users += 1
            return (client, [])
        }
        let letGo = makeRoom(at: now)
        let client = make()
        slots[key] = Slot(client: client, users: 1, lastUsed: now)
        return (client, letGo)
    }

    mutating func giveBack(_ key: Key, at now: NIODeadline) {
        slots[key]?.users -= 1
        slots[key]?.lastUsed = now
    }

    mutating func removeAll() -> [Client] {
        defer { slots = [:] }
        return slots.values.map(\.client)
    }

    private mutating func makeRoom(at now: NIODeadline) -> [Client] {
        let idle = slots.filter { $0.value.users == 0 }.sorted { $0.value.lastUsed < $1.value.lastUsed }
        let excess = slots.count - (limit - 1)
        var letGo: [Client] = []
        for (key, slot) in idle where letGo.count < excess || now - slot.lastUsed >= idleLifetime {
            slots[key] = nil
            letGo.append(slot.client)
        }
        return letGo
    }
}
