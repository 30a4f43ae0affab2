/// How much Meta takes of each part of a message, from its pages on messages.
///
/// Texts are counted in Unicode scalars, as JSON Schema and the rest of the API do; Meta only says "characters".
enum SendLimits {
    static let textBody = 4096
    static let caption = 1024
    static let filename = 240
    static let contacts = 257

    static let header = 60
    static let footer = 60
    static let interactiveBody = 1024
    /// Newer pages say 4,096, older ones 1,024: what may be taken is not refused.
    static let listBody = 4096

    static let buttons = 3
    static let buttonTitle = 20
    static let buttonID = 256

    static let listButton = 20
    static let sections = 10
    static let sectionTitle = 24
    /// In all sections together.
    static let rows = 10
    static let rowTitle = 24
    static let rowDescription = 72
    static let rowID = 200

    static let linkText = 20
    /// In all sections together.
    static let products = 30
    static let cards = 2...10
    static let cardBody = 160
    static let cardLineBreaks = 2
    static let callButtonMinutes: ClosedRange<Int64> = 1...43_200

    static let templateName = 512
}
