import Logging

/// What Meta does to templates: reviews them, rates them, pauses them, moves them to another category.
extension WhatsAppCloud {
    /// Seconds of the first and the second pause; the third time a template is disabled.
    private static let pauseTimes = [3 * 3600, 6 * 3600]

    /// Decides on a pending template after a short while. The end of its name says how:
    /// `_rejected`, `_paused`, `_disabled`, `_pending` (no decision), `_recategorized`; else it is approved.
    func review(_ id: String, account: String) {
        let delay = rules.templateReview
        let generation = generation
        let started = background.start {
            guard (try? await self.clock.sleep(for: delay)) != nil else { return }
            await self.decide(id, account: account, generation: generation)
        }
        if !started { logger.warning("a template is not reviewed: too much is under way") }
    }

    private func decide(_ id: String, account: String, generation: Int) {
        guard generation == self.generation, let template = templates.template(id, of: account),
            template.status == .pending
        else { return }
        switch template.name {
        case let name where name.hasSuffix("_pending"): break
        case let name where name.hasSuffix("_rejected"):
            setStatus(.rejected, of: id, account: account, TemplateNews(reason: "INVALID_FORMAT"))
        case let name where name.hasSuffix("_paused"): setStatus(.paused, of: id, account: account)
        case let name where name.hasSuffix("_disabled"): setStatus(.disabled, of: id, account: account)
        case let name where name.hasSuffix("_recategorized"):
            setStatus(.approved, of: id, account: account)
            setCategory("MARKETING", of: id, account: account)
        default: setStatus(.approved, of: id, account: account)
        }
    }

    /// Plays Meta's decision on a template: `{"phone_number_id" or "business_account_id", "name", "language", "status",
    /// "quality", "category", "reason"}`. Each change is told by its webhook.
    /// - Returns: the template as it is then.
    /// - Throws: ``ControlError`` that names the member and what it takes.
    func setTemplate(_ json: JSON) throws(ControlError) -> JSON {
        let account = json["business_account_id"]?.text ?? number(json["phone_number_id"]?.text)?.businessAccountID
        guard let account, configuration.numbers.contains(where: { $0.businessAccountID == account }) else {
            throw ControlError("'business_account_id' or 'phone_number_id' must name one that exists", http: 404)
        }
        guard let name = json["name"]?.text else { throw ControlError("'name' is missing") }
        let found = templates.templates(of: account).first {
            $0.name == name && (json["language"]?.text ?? $0.language) == $0.language
        }
        guard let id = found?.id else { throw ControlError("no template '\(name.prefix(64))' there", http: 404) }
        let status: TemplateStatus? = try Self.choice(json["status"], "status")
        let quality: MessageTemplate.Quality? = try Self.choice(json["quality"], "quality")
        let category = json["category"]?.text?.uppercased()
        guard category.map({ TemplateDraft.categories.contains($0) }) ?? true else {
            throw ControlError("'category' takes \(TemplateDraft.categories.joined(separator: ", "))")
        }
        guard status != nil || quality != nil || category != nil else {
            throw ControlError("'status', 'quality' or 'category' is missing")
        }
        if let category { setCategory(category, of: id, account: account) }
        if let quality { setQuality(quality, of: id, account: account) }
        if let status {
            setStatus(status, of: id, account: account, TemplateNews(reason: json["reason"]?.text))
        }
        return templates.template(id, of: account)?.json ?? .null
    }

    /// Moves a template to a state and tells the business.
    func setStatus(_ status: TemplateStatus, of id: String, account: String, _ news: TemplateNews = TemplateNews()) {
        var news = news
        let change = templates.update(id, of: account, now: now) { template in
            template.status = status
            template.rejectedReason = status == .rejected ? news.reason ?? "INVALID_FORMAT" : "NONE"
            if status == .paused {
                template.pauses += 1
                news.title = template.pauses == 1 ? "FIRST_PAUSE" : "SECOND_PAUSE"
            }
            if status == .disabled {
                news.title = "DISABLED"
                news.disabledAt = now
            }
        }
        guard let template = change?.after else { return }
        announce("message_template_status_update", news.statusUpdate(template), account: account)
        if status == .paused { unpauseLater(template, account: account) }
    }

    /// Rates a template; one that is red is paused, and the third time disabled.
    func setQuality(_ quality: MessageTemplate.Quality, of id: String, account: String) {
        let change = templates.update(id, of: account, now: now) { template in
            template.quality = quality
            template.qualitySince = now
        }
        guard let change, change.before.quality != quality else { return }
        announce(
            "message_template_quality_update",
            TemplateNews.quality(change.after, previous: change.before.quality), account: account)
        if quality == .red, change.after.status == .approved {
            setStatus(change.after.pauses < Self.pauseTimes.count ? .paused : .disabled, of: id, account: account)
        }
    }

    /// Moves a template to another category.
    func setCategory(_ category: String, of id: String, account: String) {
        let change = templates.update(id, of: account, now: now) { template in
            guard template.category != category else { return }
            template.previousCategory = template.category
            template.category = category
        }
        guard let change, change.before.category != category else { return }
        announce(
            "template_category_update",
            TemplateNews.category(change.after, previous: change.before.category), account: account)
    }

    /// Tells the business of a change of its account, in the background.
    func announce(_ field: String, _ value: JSON, account: String) {
        guard let number = configuration.numbers.first(where: { $0.businessAccountID == account }) else { return }
        let update = WebhookUpdate(number: number, field: field, value: value, now: now)
        let faults = faults.delivery
        background.start { _ = await self.courier.deliver(update, faults: faults) }
    }

    private func unpauseLater(_ template: MessageTemplate, account: String) {
        let pauses = template.pauses
        let seconds = Self.pauseTimes[min(max(pauses, 1), Self.pauseTimes.count) - 1]
        let generation = generation
        background.start {
            guard (try? await self.clock.sleep(for: .seconds(seconds))) != nil else { return }
            await self.unpause(template.id, account: account, pauses: pauses, generation: generation)
        }
    }

    private func unpause(_ id: String, account: String, pauses: Int, generation: Int) {
        guard generation == self.generation, let template = templates.template(id, of: account),
            template.status == .paused, template.pauses == pauses
        else { return }
        setStatus(.approved, of: id, account: account, TemplateNews(title: "UNPAUSE"))
    }

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        _ json: JSON?, _ name: String
    ) throws(ControlError) -> Choice? where Choice.RawValue == String {
        guard let json else { return nil }
        guard let choice = json.text.flatMap({ Choice(rawValue: $0.uppercased()) }) else {
            throw ControlError("'\(name)' takes \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return choice
    }
}
