import AdapterKit

/// What can be done with a number, its business account and its token.
enum NumberOperation: String, CaseIterable {
    // The number.
    case numbers, health, limits, register, deregister
    case requestCode = "request_code"
    case verifyCode = "verify_code"
    case setPIN = "set_pin"
    // What people see of it.
    case profile
    case setProfile = "set_profile"
    case username
    case setUsername = "set_username"
    case deleteUsername = "delete_username"
    case usernameSuggestions = "username_suggestions"
    // Where its webhooks go.
    case subscribedApps = "subscribed_apps"
    case subscribeApp = "subscribe_app"
    case unsubscribeApp = "unsubscribe_app"
    case webhook
    case setWebhook = "set_webhook"
    case removeWebhook = "remove_webhook"
    // Its token, and what comes with a sign-up.
    case token
    case exchangeCode = "exchange_code"
    case forgetToken = "forget_token"
    case syncContacts = "sync_contacts"
    case syncHistory = "sync_history"
    // What Meta keeps.
    case messageHistory = "message_history"
    case contactBookDelete = "contact_book_delete"

    var description: ChannelOperation {
        ChannelOperation(rawValue, isReadOnly: isReadOnly, summary: summary, parameters: parameters)
    }

    private var isReadOnly: Bool {
        switch self {
        case .numbers, .health, .limits, .profile, .username, .usernameSuggestions, .subscribedApps, .webhook, .token,
            .messageHistory:
            true
        default: false
        }
    }

    private var summary: String {
        switch self {
        case .numbers: "Lists the phone numbers of the business account."
        case .health: "Says whether the number can send, and what Meta finds wrong with it."
        case .limits: "Says how fast, and to how many people, the number may write."
        case .register: "Registers the number for Cloud API; Meta allows 10 times in 72 hours."
        case .deregister: "Takes the number out of Cloud API: it can neither send nor receive then."
        case .requestCode: "Has Meta send a code to the number, to prove that it is yours."
        case .verifyCode: "Hands in the code that came by request_code."
        case .setPIN: "Sets the PIN of two-step verification."
        case .profile: "Shows the business profile."
        case .setProfile: "Changes the members of the business profile that are given."
        case .username: "Shows the business username."
        case .setUsername: "Takes or changes the business username."
        case .deleteUsername: "Gives the business username up."
        case .usernameSuggestions: "Lists the usernames that Meta keeps for the business."
        case .subscribedApps: "Lists the apps that get the account's webhooks: all of them, not only this one."
        case .subscribeApp: "Has the account's webhooks sent to this app, or to another address of it."
        case .unsubscribeApp: "Ends the account's webhooks for this app."
        case .webhook: "Shows where the number's webhooks go."
        case .setWebhook: "Sends this number's webhooks of messages to an address of their own."
        case .removeWebhook: "Sends this number's webhooks to the account's or the app's address again."
        case .token: "Says what the token may do and when it expires; needs app_id."
        case .exchangeCode: "Ends Embedded Signup: turns its code into a token, keeps that, and subscribes the app."
        case .forgetToken: "Forgets the token of exchange_code: the number can do nothing until there is a new one."
        case .syncContacts: "Asks once for the contacts of the WhatsApp Business app, within 24 hours of the sign-up."
        case .syncHistory: "Asks once for the chats of the WhatsApp Business app, within 24 hours of the sign-up."
        case .messageHistory: "Lists what Meta says became of a message, and of its webhooks."
        case .contactBookDelete: "Deletes a person's phone number and user id from Meta's contact book."
        }
    }

    private var parameters: [SettingsField] {
        switch self {
        case .register:
            [
                Self.pin,
                SettingsField(
                    "data_localization_region", .text, format: Self.country,
                    summary: "Country in which Meta keeps messages at rest, such as CH; it stays until deregister."),
            ]
        case .setPIN: [Self.pin]
        case .requestCode:
            [
                SettingsField("code_method", .choice(["SMS", "VOICE"]), defaultValue: "SMS", summary: "How it comes."),
                SettingsField(
                    "language", .text, defaultValue: "en_US", format: Self.locale, summary: "Such as en_US."),
            ]
        case .verifyCode:
            [SettingsField("code", .secret, required: true, format: Self.code, summary: "The digits that came.")]
        case .setProfile: ProfileChange.parameters
        case .setUsername:
            [
                SettingsField("username", .text, required: true, format: Self.handle, summary: "Without an @."),
                SettingsField(
                    "transfer_action", .choice(["none", "force_transfer"]),
                    summary: "force_transfer takes the name from another number of the business."),
            ]
        case .subscribeApp:
            [
                SettingsField(
                    "override_callback_uri", .url,
                    summary: "Another address than the app's, for the fields that may have one."),
                Self.verifyToken,
            ]
        case .setWebhook:
            [
                SettingsField(
                    "override_callback_uri", .url, required: true, summary: "The address, of 200 characters at most."),
                Self.verifyToken,
            ]
        case .exchangeCode:
            [
                SettingsField(
                    "code", .secret, required: true,
                    summary: "What the browser got from Embedded Signup; it lives for less than a minute.")
            ]
        case .messageHistory:
            [SettingsField("message_id", .text, required: true, summary: "The provider's id: wamid. and more.")]
        case .contactBookDelete:
            [SettingsField("user_id", .text, required: true, summary: "The person's user id, such as US.1349.")]
        case .numbers, .health, .limits, .deregister, .profile, .username, .deleteUsername, .usernameSuggestions,
            .subscribedApps, .unsubscribeApp, .webhook, .removeWebhook, .token, .forgetToken, .syncContacts,
            .syncHistory:
            []
        }
    }

    private static let pin = SettingsField(
        "pin", .secret, required: true,
        format: TextFormat(characters: digits, length: 6...6, summary: "must be 6 digits"),
        summary: "The six digits of two-step verification: set now if the number has none.")

    private static let verifyToken = SettingsField(
        "verify_token", .secret, summary: "What Meta's check of the address shows; by default the channel's own.")

    private static let digits = "0123456789"
    private static let lowercase = "abcdefghijklmnopqrstuvwxyz"
    private static let uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let code = TextFormat(characters: digits, length: 4...8, summary: "must be 4 to 8 digits")
    private static let country = TextFormat(
        characters: uppercase, length: 2...2, summary: "must be a country's two letters, such as CH")
    private static let locale = TextFormat(
        characters: lowercase + uppercase + "_", length: 2...8, summary: "must be a language such as en or en_US")
    private static let handle = TextFormat(
        characters: lowercase + digits + "._", length: 3...35,
        summary: "must be 3 to 35 lower-case letters, digits, dots and underscores")
}
