/// Names as Prometheus takes them.
enum MetricName {
    /// Letters, digits, `_` and `:`, not beginning with a digit; everything else becomes `_`.
    static func metric(_ label: String) -> String { clean(label, allowsColon: true) }

    /// A metric's name that ends in the suffix, which is added where it is missing.
    static func metric(_ label: String, endingIn suffix: String) -> String {
        let name = metric(label)
        return name.hasSuffix(suffix) ? name : name + suffix
    }

    /// Letters, digits and `_`, not beginning with a digit. `le` is the histograms' own, and becomes `exported_le`.
    static func label(_ name: String) -> String {
        let name = clean(name, allowsColon: false)
        return name == "le" ? "exported_le" : name
    }

    private static func clean(_ text: String, allowsColon: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": result.unicodeScalars.append(scalar)
            case "0"..."9":
                if result.isEmpty { result += "_" }
                result.unicodeScalars.append(scalar)
            case ":" where allowsColon: result += ":"
            default: result += "_"
            }
        }
        return result.isEmpty ? "_" : result
    }
}
