/// The country calling code at the start of an international number (ITU-T E.164).
enum CallingCode {
    private static let twoDigits: Set<String> = [
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49",
        "51",
        "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86",
        "90",
        "91", "92", "93", "94", "95", "98",
    ]

    /// The calling code that international digits begin with: one digit for zones 1 and 7, else two or three.
    static func prefix(of digits: String) -> String {
        if digits.hasPrefix("1") || digits.hasPrefix("7") { return String(digits.prefix(1)) }
        let two = String(digits.prefix(2))
        return twoDigits.contains(two) ? two : String(digits.prefix(3))
    }

    /// The country in which user ids of such a number are issued; `US` where the sandbox does not know.
    static func country(of digits: String) -> String {
        let countries = [
            "7": "RU", "20": "EG", "27": "ZA", "31": "NL", "33": "FR", "34": "ES", "39": "IT", "44": "GB", "49": "DE",
            "52": "MX", "55": "BR", "60": "MY", "62": "ID", "65": "SG", "81": "JP", "91": "IN", "971": "AE",
        ]
        return countries[prefix(of: digits)] ?? "US"
    }
}
