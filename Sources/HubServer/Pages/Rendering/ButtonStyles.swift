import AdapterKit
import HubCore

/// The colours of a tenant's sign-in buttons as a stylesheet: pages have no styles in themselves.
enum ButtonStyles {
    static func css(_ connections: [ConnectionDescription]) -> String {
        connections.compactMap { connection in
            let button = connection.button
            guard let background = color(button.background), let foreground = color(button.foreground),
                let border = color(button.border)
            else { return nil }
            return """
                .provider-\(connection.name) { background: \(background); color: \(foreground); border-color: \(border) }

                """
        }.joined()
    }

    /// A colour in hexadecimal, which is all that a stylesheet takes from an adapter.
    private static func color(_ text: String) -> String? {
        let digits = text.dropFirst()
        guard text.hasPrefix("#"), [3, 6].contains(digits.utf8.count), digits.allSatisfy(\.isHexDigit),
            digits.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        return text
    }
}
