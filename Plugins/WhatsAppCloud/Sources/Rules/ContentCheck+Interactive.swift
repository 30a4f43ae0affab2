import AdapterKit

extension ContentCheck {
    typealias Action = MessageContent.Interactive.Action

    /// What may stand over an interactive message.
    private enum HeaderRule {
        case any, none, text, requiredText
    }

    mutating func check(_ interactive: MessageContent.Interactive) {
        let kind = interactive.action.kind
        checkHeader(interactive.header, Self.headerRule(kind))
        checkBody(interactive.body, of: kind)
        if interactive.footer != nil, kind == .carousel || kind == .locationRequest {
            report("/interactive/footer", "not_allowed", "is not taken with this kind of message")
        } else {
            length(interactive.footer, 1...SendLimits.footer, "/interactive/footer/text")
        }
        check(interactive.action, "/interactive/action")
    }

    private mutating func check(_ action: Action, _ pointer: String) {
        switch action {
        case .buttons(let buttons): check(buttons, "\(pointer)/buttons")
        case .list(let button, let sections):
            length(button, 1...SendLimits.listButton, "\(pointer)/button")
            check(sections, "\(pointer)/sections")
        case .link(let text, let url):
            length(text, 1...SendLimits.linkText, "\(pointer)/parameters/display_text")
            link(url, "\(pointer)/parameters/url")
        case .locationRequest, .contactRequest, .callPermission, .product: break
        case .productList(_, let sections): check(sections, "\(pointer)/sections")
        case .carousel(let cards): check(cards.map(\.content), "\(pointer)/cards")
        case .parameters(let kind, let parameters): check(parameters, of: kind, "\(pointer)/parameters")
        }
    }

    private mutating func checkBody(_ body: String?, of kind: Action.Kind) {
        guard let body else {
            // A product shows its own text, and a request to call has one of WhatsApp's.
            if kind != .product, kind != .callPermission {
                report("/interactive/body", "missing", "is required")
            }
            return
        }
        let limit = kind == .list ? SendLimits.listBody : SendLimits.interactiveBody
        length(body, 1...limit, "/interactive/body/text")
    }

    private mutating func checkHeader(_ header: MessageContent.Interactive.Header?, _ rule: HeaderRule) {
        let pointer = "/interactive/header"
        switch (header, rule) {
        case (nil, .requiredText): report(pointer, "missing", "is required: a text")
        case (nil, _): break
        case (.some, .none): report(pointer, "not_allowed", "is not taken with this kind of message")
        case (.text(let text), _): length(text, 1...SendLimits.header, "\(pointer)/text")
        case (.media, .text), (.media, .requiredText): report("\(pointer)/type", "wrong_value", "must be text")
        case (.media(let media), .any): check(media, "\(pointer)/\(media.kind.rawValue)", isHeader: true)
        }
    }

    private static func headerRule(_ kind: Action.Kind) -> HeaderRule {
        switch kind {
        case .list: .text
        case .productList: .requiredText
        case .product, .carousel, .locationRequest, .callPermission, .catalog, .orderStatus: .none
        case .button, .ctaURL, .flow, .orderDetails, .contactRequest, .voiceCall, .address: .any
        }
    }
}
