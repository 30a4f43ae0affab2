/// Reads the routes of one tenant.
struct RouteReader {
    /// All that are declared, also those that could not be read.
    let channels: Set<String>
    let systems: Set<String>

    func read(_ place: ConfigurationPlace) -> RouteConfiguration? {
        guard let fields = place.fields(["from", "to", "events"]) else { return nil }
        var from: String?
        if let fromPlace = fields["from"], let name = fromPlace.text() {
            from = name.value
            if name.value != "*", !channels.contains(name.value) {
                fromPlace.report("unknown channel \(name.shown)", suggestion: name.suggestion(among: channels))
            }
        }
        var to: String?
        if let toPlace = fields["to"] {
            if let name = toPlace.text() {
                to = name.value
                if !systems.contains(name.value) {
                    toPlace.report("unknown system \(name.shown)", suggestion: name.suggestion(among: systems))
                }
            }
        } else {
            place.missing("to", "is missing; it names a system")
        }
        guard let eventsPlace = fields["events"] else {
            place.missing("events", "is missing; it lists event types such as message.received")
            return nil
        }
        guard let events = events(eventsPlace), let to else { return nil }
        return RouteConfiguration(from: from, to: to, events: events)
    }

    private func events(_ place: ConfigurationPlace) -> [String]? {
        guard let places = place.elements() else { return nil }
        guard !places.isEmpty else {
            place.report("must name at least one event type")
            return nil
        }
        return places.compactMap { place in
            guard let text = place.text() else { return nil }
            guard EventPattern.patterns.contains(text.value) else {
                let suggestion = text.suggestion(among: EventPattern.patterns)
                let hint = suggestion == nil ? "; there are \(EventPattern.patterns.joined(separator: ", "))" : ""
                place.report("unknown event type \(text.shown)\(hint)", suggestion: suggestion)
                return nil
            }
            return text.value
        }
    }
}
