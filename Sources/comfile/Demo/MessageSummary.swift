import AdapterKit
import Foundation

/// What a message that came in says in a few words.
enum MessageSummary {
    static func text(_ message: JSON) -> String {
        let type = message["type"]?.string ?? "message"
        return words(type, message[type] ?? .null)
    }

    /// What stands around it.
    static func notes(_ message: JSON) -> [String] {
        let context = message["context"]
        var notes: [String] = []
        if context?["message_id"] != nil || context?["provider_message_id"] != nil {
            notes.append(context?["message_id"]?.string == nil ? "answers a message that is not known" : "is an answer")
        }
        if context?["frequently_forwarded"]?.bool == true {
            notes.append("was forwarded often")
        } else if context?["forwarded"]?.bool == true {
            notes.append("was forwarded")
        }
        if let product = context?["referred_product"]?["product_retailer_id"]?.string {
            notes.append("asks about \(product)")
        }
        if let referral = message["referral"] {
            let source = referral["source_type"]?.string ?? "ad"
            notes.append("came by the \(source) \(referral["headline"]?.string ?? referral["source_id"]?.string ?? "")")
        }
        for problem in message["problems"]?.elements ?? [] { notes.append(problem["title"]?.string ?? "has a problem") }
        return notes
    }

    private static func words(_ type: String, _ content: JSON) -> String {
        switch type {
        case "text": content["body"]?.string ?? ""
        case "image", "video", "audio", "document", "sticker": media(type, content)
        case "location": location(content)
        case "contacts":
            "(contact) "
                + content.elements.map { card in
                    card["name"]?["formatted_name"]?.string ?? card["phones"]?.elements.first?["phone"]?.string ?? "?"
                }.joined(separator: ", ")
        case "reaction": content["emoji"]?.string.map { "\($0) to a message" } ?? "took a reaction back"
        case "interactive": reply(content)
        case "button": chosen("tapped", content["text"], content["payload"])
        case "order": order(content)
        case "system": content["body"]?.string ?? "(\(content["type"]?.string ?? "system"))"
        case "call": call(content)
        case "edit": "now says: \(words(content["type"]?.string ?? "", content["content"] ?? .null))"
        case "revoke": "took a message back"
        case "request_welcome": "opened the chat for the first time"
        default: unsupported(type, content)
        }
    }

    private static func media(_ type: String, _ media: JSON) -> String {
        let isVoice = media["voice"]?.bool == true
        let kind = isVoice ? "voice message" : type == "image" ? "picture" : type
        let name = [media["animated"]?.bool == true ? "moving" : nil, kind, media["filename"]?.string]
        let head = "(\(name.compactMap(\.self).joined(separator: " ")))"
        return [head, media["caption"]?.string].compactMap(\.self).joined(separator: " ")
    }

    private static func location(_ location: JSON) -> String {
        let place = [location["name"]?.string, location["address"]?.string].compactMap(\.self)
        let degrees = [location["latitude"]?.identifier, location["longitude"]?.identifier].compactMap(\.self)
        return "(location) " + (place + degrees).joined(separator: ", ")
    }

    private static func chosen(_ verb: String, _ title: JSON?, _ id: JSON?) -> String {
        "\(verb) “\(title?.string ?? "")”" + (id?.string.map { " (\($0))" } ?? "")
    }

    private static func reply(_ reply: JSON) -> String {
        switch reply["type"]?.string {
        case "button_reply": return chosen("tapped", reply["button_reply"]?["title"], reply["button_reply"]?["id"])
        case "list_reply": return chosen("chose", reply["list_reply"]?["title"], reply["list_reply"]?["id"])
        case "call_permission_reply":
            let isGranted = reply["call_permission_reply"]?["response"]?.string == "accept"
            return isGranted ? "may be called" : "does not want to be called"
        case "nfm_reply":
            let form = reply["nfm_reply"]
            let answer = form?["response"]?.members.map { "\($0.name): \($0.value.string ?? $0.value.text)" }
            return "(form\(form?["name"]?.string.map { " \($0)" } ?? "")) "
                + (answer?.joined(separator: ", ") ?? form?["response_json"]?.string ?? "")
        default: return "(interactive)"
        }
    }

    private static func order(_ order: JSON) -> String {
        let items = order["product_items"]?.elements ?? []
        func number(_ value: JSON?) -> Double { value?.identifier.flatMap(Double.init) ?? 0 }
        let total = items.reduce(0) { $0 + number($1["quantity"]) * number($1["item_price"]) }
        let list = items.map { item in
            "\(item["quantity"]?.identifier ?? "?") × \(item["product_retailer_id"]?.string ?? "?")"
        }
        let sum = String(format: "%.2f", total) + (items.first?["currency"]?.string.map { " \($0)" } ?? "")
        return "(order) \(list.joined(separator: ", ")): \(sum)"
            + (order["text"]?.string.map { $0.isEmpty ? "" : ". \($0)" } ?? "")
    }

    private static func call(_ call: JSON) -> String {
        let parts = [
            call["event"]?.string, call["status"]?.string, call["duration_seconds"]?.integer.map { "\($0) s" },
        ]
        return "(call) \(parts.compactMap(\.self).joined(separator: ", "))"
    }

    private static func unsupported(_ type: String, _ content: JSON) -> String {
        let original = content["original_type"]?.string.map { ": \($0)" } ?? ""
        return "(\(type)\(original))" + (content["error"]?["title"]?.string.map { " \($0)" } ?? "")
    }
}
