import AdapterKit

/// What one run of the loader gathers. It lives and dies inside one call of ``ConfigurationLoader/load(path:)``.
final class ReadingContext {
    let catalogue: AdapterCatalogue
    let environment: [String: String]
    /// By the file they are in, in the order the files were read.
    private var problems: [[ConfigurationProblem]] = []
    private var fileNumbers: [String: Int] = [:]

    // What has to be unique in the whole hub, and who has it.
    var tenants: [String: ConfigurationPlace] = [:]
    var accounts: [AccountClaim: AccountOwner] = [:]
    var apiKeys: [String: ConfigurationPlace] = [:]
    /// What browsers have to reach, in the order of the files.
    private(set) var forBrowsers: [ConfigurationPlace] = []

    /// One account at one kind of provider.
    struct AccountClaim: Hashable {
        let adapter: String
        let setting: String
        let account: String
    }

    struct AccountOwner {
        let tenant: String
        let channel: ConfigurationPlace
    }

    init(catalogue: AdapterCatalogue, environment: [String: String]) {
        self.catalogue = catalogue
        self.environment = environment
    }

    func report(_ problem: ConfigurationProblem) {
        let number = fileNumbers[problem.file] ?? problems.count
        if number == problems.count {
            fileNumbers[problem.file] = number
            problems.append([])
        }
        problems[number].append(problem)
    }

    /// Notes that browsers are sent to a provider and back for what stands here.
    func needsOrigin(_ place: ConfigurationPlace) { forBrowsers.append(place) }

    /// Files in the order they were read, problems by position and without repeats: an aliased value is read at each
    /// use.
    var sortedProblems: [ConfigurationProblem] {
        problems.flatMap { problems in
            var seen: Set<ConfigurationProblem> = []
            let unique = problems.filter { seen.insert($0).inserted }
            return unique.enumerated().sorted { left, right in
                (left.element.line, left.element.column, left.offset)
                    < (right.element.line, right.element.column, right.offset)
            }.map(\.element)
        }
    }
}
