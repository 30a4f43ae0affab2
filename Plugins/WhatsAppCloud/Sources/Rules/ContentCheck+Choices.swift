import AdapterKit

extension ContentCheck {
    mutating func check(_ buttons: [Action.Option], _ pointer: String) {
        count(buttons.count, 1...SendLimits.buttons, pointer, of: "buttons")
        for (index, button) in buttons.enumerated() {
            length(button.id, 1...SendLimits.buttonID, "\(pointer)/\(index)/reply/id")
            length(button.title, 1...SendLimits.buttonTitle, "\(pointer)/\(index)/reply/title")
        }
        unique(buttons.enumerated().map { ("\(pointer)/\($0)/reply/id", $1.id) }, "is the id of another button")
        unique(
            buttons.enumerated().map { ("\(pointer)/\($0)/reply/title", $1.title) }, "is the title of another button")
    }

    mutating func check(_ sections: [Action.Section], _ pointer: String) {
        count(sections.count, 1...SendLimits.sections, pointer, of: "sections")
        count(
            sections.reduce(0) { $0 + $1.rows.count }, 1...SendLimits.rows, pointer, of: "rows in all sections together"
        )
        checkTitles(sections.map(\.title), pointer)
        var ids: [(pointer: String, value: String)] = []
        for (index, section) in sections.enumerated() {
            let place = "\(pointer)/\(index)/rows"
            if section.rows.isEmpty { report(place, "wrong_count", "must have at least 1 row") }
            for (index, row) in section.rows.enumerated() {
                length(row.id, 1...SendLimits.rowID, "\(place)/\(index)/id")
                length(row.title, 1...SendLimits.rowTitle, "\(place)/\(index)/title")
                length(row.description, 0...SendLimits.rowDescription, "\(place)/\(index)/description")
                ids.append(("\(place)/\(index)/id", row.id))
            }
        }
        unique(ids, "is the id of another row")
    }

    mutating func check(_ sections: [Action.ProductSection], _ pointer: String) {
        count(sections.count, 1...SendLimits.sections, pointer, of: "sections")
        count(
            sections.reduce(0) { $0 + $1.products.count }, 1...SendLimits.products, pointer,
            of: "products in all sections together")
        checkTitles(sections.map(\.title), pointer)
        for (index, section) in sections.enumerated() where section.products.isEmpty {
            report("\(pointer)/\(index)/product_items", "wrong_count", "must have at least 1 product")
        }
    }

    /// With several sections each one needs a title.
    private mutating func checkTitles(_ titles: [String?], _ pointer: String) {
        for (index, title) in titles.enumerated() {
            let place = "\(pointer)/\(index)/title"
            if titles.count > 1, (title ?? "").isEmpty {
                report(place, "missing", "is required where there are several sections")
            } else {
                length(title, 0...SendLimits.sectionTitle, place)
            }
        }
    }
}
