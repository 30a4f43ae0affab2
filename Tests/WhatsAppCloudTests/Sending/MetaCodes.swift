/// The codes of Meta's catalogue, as its pages list them, and what each is for a send.
enum MetaCodes {
    /// Class as in Meta's pages: R try again, L rate limit, P never, C set something right, U this person, X other calls.
    struct Code: Sendable {
        var code: ClosedRange<Int>
        var kind: Character

        init(_ code: ClosedRange<Int>, _ kind: Character) {
            self.code = code
            self.kind = kind
        }

        init(_ code: Int, _ kind: Character) { self.init(code...code, kind) }
    }

    static let all: [Code] =
        [
            Code(0, "C"), Code(1, "R"), Code(2, "R"), Code(3, "C"), Code(4, "L"), Code(10, "C"), Code(33, "C"),
            Code(100, "P"), Code(104, "C"), Code(190, "C"), Code(200, "C"), Code(200...299, "C"), Code(368, "C"),
            Code(613, "L"), Code(80_007, "L"), Code(130_403, "U"), Code(130_429, "L"), Code(130_472, "P"),
            Code(130_497, "P"), Code(131_000, "R"), Code(131_005, "C"), Code(131_008, "P"), Code(131_009, "P"),
            Code(131_016, "R"), Code(131_020, "P"), Code(131_021, "P"), Code(131_026, "U"), Code(131_030, "C"),
            Code(131_031, "C"), Code(131_037, "C"), Code(131_041, "P"), Code(131_042, "C"), Code(131_044, "C"),
            Code(131_045, "C"), Code(131_047, "U"), Code(131_048, "C"), Code(131_049, "U"), Code(131_050, "U"),
            Code(131_051, "P"), Code(131_052, "P"), Code(131_053, "P"), Code(131_055, "P"), Code(131_056, "L"),
            Code(131_057, "R"), Code(131_059, "P"), Code(131_060, "X"), Code(131_062, "P"), Code(131_063, "C"),
            Code(131_064, "C"), Code(131_201...131_215, "P"), Code(131_208, "L"), Code(132_000, "P"),
            Code(132_001, "P"), Code(132_005, "P"), Code(132_007, "P"), Code(132_008, "P"), Code(132_012, "P"),
            Code(132_015, "P"), Code(132_016, "P"), Code(132_018, "P"), Code(132_068, "C"), Code(132_069, "L"),
            Code(133_000, "R"), Code(133_004, "R"), Code(133_005, "C"), Code(133_006, "C"), Code(133_008, "L"),
            Code(133_009, "L"), Code(133_010, "C"), Code(133_015, "R"), Code(133_016, "L"), Code(134_011, "C"),
            Code(134_100, "P"), Code(134_101, "R"), Code(134_102, "C"), Code(135_000, "P"), Code(137_000, "U"),
            Code(138_000...138_018, "X"), Code(139_000...139_004, "P"), Code(139_100...139_103, "X"),
            Code(147_001...147_005, "P"), Code(200_005...200_007, "P"), Code(1_752_041, "P"), Code(2_388_012, "P"),
            Code(2_388_091, "P"), Code(2_388_093, "P"), Code(2_388_103, "P"), Code(2_494_100, "R"),
            Code(2_388_019, "C"), Code(2_388_039, "P"), Code(2_388_040, "P"), Code(2_388_047, "P"),
            Code(2_388_072, "P"), Code(2_388_073, "P"), Code(2_388_293, "P"), Code(2_388_299, "P"),
            Code(2_593_107, "P"), Code(2_593_108, "P"), Code(2_593_109, "P"),
        ]

    /// Of class C, but they stop one message, one person, one template or one feature: a channel that pauses for them would
    /// keep back all others.
    static let narrow: Set<Int> = [131_030, 131_044, 131_063, 132_068, 134_011, 134_102, 2_388_019]
}
