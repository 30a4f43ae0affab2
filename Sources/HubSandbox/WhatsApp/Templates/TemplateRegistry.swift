import Crypto
import FoundationEssentials

/// The templates of all business accounts. An account that nobody has touched yet has the samples.
struct TemplateRegistry: Sendable {
    /// Templates that an unverified account may have; each language counts.
    static let accountLimit = 250
    /// Creations an account may ask for in an hour.
    static let hourlyLimit = 100
    /// Seconds for which the name of a deleted template stays taken.
    static let blockTime = 30 * 86_400

    private struct Account: Sendable {
        var templates: [MessageTemplate]
        /// When names of deleted templates are free again, in Unix seconds.
        var blockedNames: [String: Int] = [:]
        /// Unix seconds of the creations of the last hour.
        var creations: [Int] = []
        var count: Int

        init(samplesOf account: String) {
            templates = SampleTemplates.all.enumerated().map { index, sample in
                sample.template(
                    id: TemplateRegistry.id("\(account)|\(sample.name)|\(sample.language)"), sequence: index)
            }
            count = templates.count
        }
    }

    private var accounts: [String: Account] = [:]

    /// Oldest first.
    func templates(of account: String) -> [MessageTemplate] { self.account(account).templates }

    func template(_ id: String, of account: String) -> MessageTemplate? {
        templates(of: account).first { $0.id == id }
    }

    /// - Parameter language: `en_US` and `en-US` are the same.
    func template(named name: String, language: String, of account: String) -> MessageTemplate? {
        let language = language.replacing("-", with: "_")
        return templates(of: account).first { $0.name == name && $0.language == language }
    }

    /// Adds a template that passed the checks of its form, pending.
    /// - Parameter now: Unix seconds.
    /// - Throws: when the name is taken or blocked, the account is full, or too many were created.
    mutating func create(
        _ draft: TemplateDraft, account id: String, now: Int
    ) throws(GraphError) -> MessageTemplate {
        var account = account(id)
        account.creations.removeAll { $0 <= now - 3600 }
        guard account.creations.count < Self.hourlyLimit else { throw .catalogued(80007) }
        account.creations.append(now)
        accounts[id] = account
        guard account.templates.count < Self.accountLimit else {
            throw .template(
                2388019, "Message Template Limit Exceeded",
                "The account has \(Self.accountLimit) templates, which is the limit.")
        }
        if let end = account.blockedNames[draft.name], end > now {
            throw .template(
                2388023, "Message Template Language Is Being Deleted",
                "New content can't be added for the name \(draft.name) while it is being deleted. Try again in 4 weeks "
                    + "or choose another name.")
        }
        guard template(named: draft.name, language: draft.language, of: id) == nil else {
            throw .template(
                2388024, "Content in This Language Already Exists",
                "There is already \(draft.language) content for this template. You can create a new template and try again."
            )
        }
        var template = draft.template(
            id: Self.id("\(id)|\(draft.name)|\(draft.language)|\(account.count)"), sequence: account.count)
        template.updatedAt = now
        account.count += 1
        account.templates.append(template)
        accounts[id] = account
        return template
    }

    /// Changes a template in place.
    /// - Returns: it before and after, or nil when there is none.
    @discardableResult
    mutating func update(
        _ id: String, of account: String, now: Int, _ change: (inout MessageTemplate) -> Void
    ) -> (before: MessageTemplate, after: MessageTemplate)? {
        var kept = self.account(account)
        guard let index = kept.templates.firstIndex(where: { $0.id == id }) else { return nil }
        let before = kept.templates[index]
        change(&kept.templates[index])
        kept.templates[index].updatedAt = now
        accounts[account] = kept
        return (before, kept.templates[index])
    }

    /// Counts a send.
    /// - Returns: sends of the template so far, this one included.
    mutating func noteSend(of id: String, account: String) -> Int {
        var kept = self.account(account)
        guard let index = kept.templates.firstIndex(where: { $0.id == id }) else { return 0 }
        kept.templates[index].sends += 1
        accounts[account] = kept
        return kept.templates[index].sends
    }

    /// Deletes those that match and blocks the names of the approved ones.
    /// - Returns: what was deleted.
    mutating func delete(
        from account: String, now: Int, where matches: (MessageTemplate) -> Bool
    ) -> [MessageTemplate] {
        var kept = self.account(account)
        let deleted = kept.templates.filter(matches)
        kept.templates.removeAll(where: matches)
        kept.blockedNames = kept.blockedNames.filter { $0.value > now }
        for template in deleted where template.status == .approved {
            kept.blockedNames[template.name] = now + Self.blockTime
        }
        accounts[account] = kept
        return deleted
    }

    mutating func removeAll() { accounts = [:] }

    private func account(_ id: String) -> Account { accounts[id] ?? Account(samplesOf: id) }

    /// An id of the length that Meta's have, the same for the same template each time.
    fileprivate static func id(_ text: String) -> String {
        let digest = SHA256.hash(data: Data(text.utf8))
        let number = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return String(1_000_000_000_000_000 + number % 900_000_000_000_000)
    }
}
