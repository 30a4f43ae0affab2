/// A message template of a business account.
struct MessageTemplate: Hashable, Sendable {
    enum ParameterFormat: String, Hashable, Sendable {
        /// `{{1}}`, `{{2}}`, …
        case positional = "POSITIONAL"
        /// `{{first_name}}`, …
        case named = "NAMED"
    }

    /// Digits only, as webhooks carry it as a number.
    let id: String
    let name: String
    let language: String
    var category: String
    var status: TemplateStatus
    var format: ParameterFormat
    /// As they were created.
    var components: [JSON]
    /// Counts up: the order of lists.
    let sequence: Int
    var quality = Quality.unknown
    /// Unix seconds of the last change of quality.
    var qualitySince: Int?
    /// `NONE` unless it was rejected.
    var rejectedReason = "NONE"
    var previousCategory: String?
    /// The category it gets within a day, where Meta has found that it has the wrong one.
    var correctCategory: String?
    /// Seconds after which an undelivered send is given up.
    var lifetime: Int?
    /// Times it was paused for its quality.
    var pauses = 0
    /// Unix seconds of edits while it was approved.
    var edits: [Int] = []
    /// Unix seconds.
    var updatedAt = 0
    /// Sends of it, for pacing.
    var sends = 0

    enum Quality: String, CaseIterable, Hashable, Sendable {
        case green = "GREEN"
        case yellow = "YELLOW"
        case red = "RED"
        case unknown = "UNKNOWN"
    }

    /// What a send has to give, and what is shown.
    var shape: TemplateShape { TemplateShape(components) }

    /// What the management API shows.
    var json: JSON {
        [
            "name": JSON(name), "parameter_format": JSON(format.rawValue), "components": .array(components),
            "language": JSON(language), "status": JSON(status.rawValue), "category": JSON(category), "id": JSON(id),
            "previous_category": previousCategory.map { JSON($0) },
            "correct_category": correctCategory.map { JSON($0) },
            "message_send_ttl_seconds": lifetime.map { JSON($0) },
        ]
    }

    /// Further members that `fields` can ask for.
    var moreFields: JSON {
        [
            "quality_score": ["score": JSON(quality.rawValue), "date": JSON(qualitySince ?? updatedAt)],
            "rejected_reason": JSON(rejectedReason), "last_updated_time": JSON(updatedAt),
            "cta_url_link_tracking_opted_out": false, "is_primary_device_delivery_only": false,
            "health_status": [
                "can_send_message": status.refusal == nil ? "AVAILABLE" : "BLOCKED",
                "entities": [
                    [
                        "entity_type": "MESSAGE_TEMPLATE", "id": JSON(id),
                        "can_send_message": status.refusal == nil ? "AVAILABLE" : "BLOCKED",
                    ]
                ],
            ],
        ]
    }

    /// Fields that exist and have no value here.
    static let emptyFields: Set<String> = [
        "library_template_name", "sub_category", "specific_rejection_reason", "degrees_of_freedom_spec",
        "creative_sourcing_spec", "bid_spec", "display_format", "rejection_reason",
    ]
}

/// What a template may be used for.
enum TemplateStatus: String, CaseIterable, Hashable, Sendable {
    case approved = "APPROVED"
    case archived = "ARCHIVED"
    case deleted = "DELETED"
    case disabled = "DISABLED"
    case flagged = "FLAGGED"
    case inAppeal = "IN_APPEAL"
    case limitExceeded = "LIMIT_EXCEEDED"
    case locked = "LOCKED"
    case paused = "PAUSED"
    case pending = "PENDING"
    case pendingDeletion = "PENDING_DELETION"
    case reinstated = "REINSTATED"
    case rejected = "REJECTED"
    case unarchived = "UNARCHIVED"

    /// The error of a send in this state; nil where it may be sent.
    var refusal: Int? {
        switch self {
        case .approved, .flagged, .reinstated, .unarchived: nil
        case .paused: 132015
        case .disabled: 132016
        default: 132001
        }
    }

    /// Whether it may be edited.
    var isEditable: Bool { [.approved, .rejected, .paused].contains(self) }
}
