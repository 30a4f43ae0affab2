/// What the webhooks about a template say.
struct TemplateNews: Hashable, Sendable {
    /// Why it was rejected.
    var reason: String?
    /// Why it was paused, disabled or approved again: `FIRST_PAUSE`, `SECOND_PAUSE`, `UNPAUSE`, `DISABLED`.
    var title: String?
    /// Unix seconds.
    var disabledAt: Int?

    /// The value of `message_template_status_update`.
    func statusUpdate(_ template: MessageTemplate) -> JSON {
        let isRejected = template.status == .rejected
        return Self.object(
            template,
            [
                "event": JSON(template.status.rawValue),
                "reason": isRejected ? JSON(template.rejectedReason) : template.status == .approved ? "NONE" : .null,
                "message_template_category": JSON(template.category),
                "disable_info": disabledAt.map { ["disable_date": JSON($0)] },
                "other_info": title.map { ["title": JSON($0), "description": JSON(Self.describe($0))] },
                "rejection_info": isRejected
                    ? [
                        "reason": "The format of the template is not as it should be.",
                        "recommendation": "Correct the text and submit it again.",
                    ] : nil,
            ])
    }

    /// The value of `message_template_quality_update`.
    static func quality(_ template: MessageTemplate, previous: MessageTemplate.Quality) -> JSON {
        object(
            template,
            ["previous_quality_score": JSON(previous.rawValue), "new_quality_score": JSON(template.quality.rawValue)])
    }

    /// The value of `template_category_update`.
    static func category(_ template: MessageTemplate, previous: String) -> JSON {
        object(template, ["previous_category": JSON(previous), "new_category": JSON(template.category)])
    }

    /// The value of `message_template_components_update`.
    static func components(_ template: MessageTemplate) -> JSON {
        let shape = template.shape
        var title: String?
        if case .text(let text) = shape.header { title = text.text }
        let buttons = shape.buttons.map { button -> JSON in
            [
                "message_template_button_type": JSON(button.type), "message_template_button_text": JSON(button.title),
                "message_template_button_url": button.url.map { JSON($0.text) },
            ]
        }
        return object(
            template,
            [
                "message_template_element": shape.body.map { JSON($0.text) },
                "message_template_title": title.map { JSON($0) },
                "message_template_footer": shape.footer.map { JSON($0) },
                "message_template_buttons": buttons.isEmpty ? nil : .array(buttons),
            ])
    }

    /// Ids of templates are numbers in webhooks.
    private static func object(_ template: MessageTemplate, _ more: JSON) -> JSON {
        let common: JSON = [
            "message_template_id": .number(template.id), "message_template_name": JSON(template.name),
            "message_template_language": JSON(template.language),
        ]
        return .object((more.members ?? []) + (common.members ?? []))
    }

    private static func describe(_ title: String) -> String {
        switch title {
        case "FIRST_PAUSE": "Your template is paused for 3 hours, as recipients rated it low."
        case "SECOND_PAUSE": "Your template is paused for 6 hours, as recipients rated it low."
        case "UNPAUSE": "Your template is active again."
        default: "Your template is disabled, as recipients rated it low again."
        }
    }
}
