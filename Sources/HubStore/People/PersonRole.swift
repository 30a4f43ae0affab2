/// What a person may do at the tenant, the least first.
public enum PersonRole: String, Sendable, CaseIterable, Comparable {
    case viewer, agent, admin, owner

    private var power: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    public static func < (left: PersonRole, right: PersonRole) -> Bool { left.power < right.power }
}
