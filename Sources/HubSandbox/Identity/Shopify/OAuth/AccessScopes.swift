/// The scopes of an app, where to write implies to read.
struct AccessScopes: Hashable, Sendable {
    /// As they are told: without those that others imply.
    let names: [String]

    /// - Parameter text: names with commas or spaces between.
    init(_ text: String) {
        self.init(text.split { $0 == "," || $0 == " " }.map(String.init))
    }

    init(_ names: [String]) {
        var kept: [String] = []
        for name in names where !kept.contains(name) {
            if name.hasPrefix("read_"), names.contains("write_" + name.dropFirst("read_".count)) { continue }
            kept.append(name)
        }
        self.names = kept
    }

    var text: String { names.joined(separator: ",") }

    func contains(_ name: String) -> Bool {
        if names.contains(name) { return true }
        return name.hasPrefix("read_") && names.contains("write_" + name.dropFirst("read_".count))
    }

    /// The names that the platform knows, of those that matter here.
    static let known: Set<String> = Set(
        [
            "all_orders", "customers", "draft_orders", "fulfillments", "inventory", "locations", "orders", "products",
            "returns", "shipping", "assigned_fulfillment_orders", "customer_events", "files", "metaobjects",
        ].flatMap { ["read_\($0)", "write_\($0)"] })

    var unknown: [String] { names.filter { !Self.known.contains($0) } }
}
