/// All series of one metric.
struct MetricFamily {
    enum Kind: String {
        case counter, gauge, histogram
    }

    let kind: Kind
    let help: String
    private var series: [MetricLabels: any MetricSeries] = [:]

    init(kind: Kind, help: String) {
        self.kind = kind
        self.help = help
    }

    /// The series of the labels, or the shared overflow where the limit is reached.
    mutating func series<Series: MetricSeries>(_ labels: MetricLabels, limit: Int, make: () -> Series) -> Series {
        if let known = series[labels] as? Series { return known }
        let labels = series.count < limit ? labels : .overflow
        if let known = series[labels] as? Series { return known }
        let made = make()
        // Never in the place of another: a kind has one type of series, save where a name made up for a clash is taken.
        if series[labels] == nil { series[labels] = made }
        return made
    }

    /// Forgets the series, unless it is the one that others share.
    mutating func remove(_ handler: AnyObject) {
        guard let labels = series.first(where: { $0.value === handler })?.key, labels != .overflow else { return }
        series[labels] = nil
    }

    func render(name: String, into text: inout String) {
        guard !series.isEmpty else { return }
        text += "# HELP \(name) \(Self.escape(help))\n# TYPE \(name) \(kind.rawValue)\n"
        for (labels, one) in series.sorted(by: { $0.key < $1.key }) {
            one.render(name: name, labels: labels, into: &text)
        }
    }

    private static func escape(_ help: String) -> String {
        var result = ""
        for scalar in help.unicodeScalars {
            switch scalar {
            case "\\": result += #"\\"#
            case "\n": result += #"\n"#
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
