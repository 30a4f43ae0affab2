/// `/{phone_number_id}/settings`: one feature a call.
enum NumberSettings {
    /// All features with their values.
    static func json(_ state: NumberState) -> JSON {
        [
            "calling": state.settings["calling"] ?? ["status": "DISABLED", "call_icon_visibility": "DEFAULT"],
            "payload_encryption": state.settings["payload_encryption"] ?? ["status": "DISABLED"],
            "storage_configuration": storage(state),
            "user_identity_change": state.settings["user_identity_change"] ?? ["enable_identity_key_check": false],
        ]
    }

    /// Changes the one feature that a call names.
    static func change(_ body: JSON, in state: inout NumberState) throws(GraphError) {
        let features = (body.members ?? []).filter { !["messaging_product", "appsecret_proof"].contains($0.name) }
        guard let feature = features.first else {
            throw .missing("calling, payload_encryption, storage_configuration or user_identity_change")
        }
        guard features.count == 1 else { throw .invalid("Only one feature can be set per call.") }
        let value = feature.value
        switch feature.name {
        case "calling":
            _ = try status(value, "calling")
            let known = state.settings["calling"]?.members ?? []
            state.settings["calling"] = .object(merged(known, value.members ?? []))
        case "payload_encryption":
            let status = try status(value, "payload_encryption")
            guard status == "DISABLED" || value["client_encryption_key"]?.text?.isEmpty == false else {
                throw .missing("payload_encryption['client_encryption_key']")
            }
            // The key itself is not given back, only that there is one.
            state.settings["payload_encryption"] = ["status": JSON(status)]
        case "storage_configuration": try setStorage(value, in: &state)
        case "user_identity_change":
            guard let flag = (value["enable_identity_key_check"] ?? value["enabled"])?.flag else {
                throw .missing("user_identity_change['enable_identity_key_check']")
            }
            state.settings["user_identity_change"] = ["enable_identity_key_check": .bool(flag)]
        default: throw .invalid("Unexpected key \"\(feature.name.prefix(40))\".")
        }
    }

    private static func storage(_ state: NumberState) -> JSON {
        if let kept = state.settings["storage_configuration"] { return kept }
        guard let region = state.dataRegion else { return ["status": "DEFAULT"] }
        return ["status": "IN_COUNTRY_STORAGE_ENABLED", "data_localization_region": JSON(region)]
    }

    /// Pages name the members in two ways; both are taken.
    private static func setStorage(_ value: JSON, in state: inout NumberState) throws(GraphError) {
        guard !state.isOnBusinessApp else {
            throw .invalid("Local storage is not there for numbers in the WhatsApp Business app.")
        }
        let isOn = value["enabled"]?.flag ?? value["status"]?.text.map { $0.uppercased() != "DEFAULT" }
        guard let isOn else { throw .missing("storage_configuration['status']") }
        guard isOn else {
            throw .invalid("Deregister and register the number to end local storage.")
        }
        guard let region = (value["data_localization_region"] ?? value["region"])?.text else {
            throw .missing("storage_configuration['data_localization_region']")
        }
        guard NumberState.regions.contains(region.uppercased()) else {
            throw .invalid("storage_configuration['data_localization_region'] is no region.")
        }
        state.settings["storage_configuration"] = [
            "status": "IN_COUNTRY_STORAGE_ENABLED", "data_localization_region": JSON(region.uppercased()),
        ]
    }

    private static func status(_ value: JSON, _ name: String) throws(GraphError) -> String {
        guard let status = value["status"]?.text?.uppercased(), ["ENABLED", "DISABLED"].contains(status) else {
            throw .invalid("Param \(name)['status'] must be one of {ENABLED, DISABLED}.")
        }
        return status
    }

    private static func merged(_ old: [JSON.Member], _ new: [JSON.Member]) -> [JSON.Member] {
        old.filter { member in !new.contains { $0.name == member.name } } + new
    }
}
