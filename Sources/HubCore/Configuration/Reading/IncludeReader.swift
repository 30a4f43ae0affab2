import Foundation

/// Reads the files that `include:` names.
struct IncludeReader {
    let tenants: TenantReader

    /// The tenants of all included files.
    func read(_ place: ConfigurationPlace) -> [TenantConfiguration] {
        var places = [place]
        if case .sequence = place.node.content { places = place.elements() ?? [] }
        var seen: Set<String> = []
        var files: [SourceFile] = []
        for place in places {
            for file in self.files(place) where seen.insert(file.path).inserted { files.append(file) }
        }
        return files.flatMap { read($0, context: place.context) }
    }

    private func files(_ place: ConfigurationPlace) -> [SourceFile] {
        guard let text = place.text()?.value else { return [] }
        let pattern = IncludePattern(pattern: text)
        return pattern.matches(from: place.file).compactMap { path in
            let file = place.file.neighbour(path)
            if file.path == place.file.path {
                place.report("the file includes itself")
                return nil
            }
            if !pattern.hasWildcard, !FileManager.default.fileExists(atPath: file.path) {
                place.report("there is no such file")
                return nil
            }
            return file
        }
    }

    private func read(_ file: SourceFile, context: ReadingContext) -> [TenantConfiguration] {
        var limits = YAMLDocument.Limits()
        limits.allowsAnchors = false
        guard let root = FileReader.root(file, limits: limits, context: context) else { return [] }
        let misplaced = ["version", "hub", "apps", "include"].map {
            ($0, "an included file may only hold `tenants`; this belongs to the main file")
        }
        guard let fields = root.fields(["tenants"], misplaced: Dictionary(uniqueKeysWithValues: misplaced)) else {
            return []
        }
        return fields["tenants"].map(tenants.read) ?? []
    }
}
