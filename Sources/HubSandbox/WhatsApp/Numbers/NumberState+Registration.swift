/// Registering, verifying and the PIN. Times are Unix milliseconds.
extension NumberState {
    /// `POST /{phone_number_id}/register`: the PIN is checked when one is set, and set when none is.
    mutating func register(pin: String, region: String?, now: Int) throws(GraphError) {
        try countRegistration(now: now)
        guard codeVerification == "VERIFIED" else { throw .catalogued(133006) }
        try Self.requireForm(of: pin)
        if let region {
            guard Self.regions.contains(region) else {
                throw .invalid("Param data_localization_region must be one of \(Self.regions.sorted())")
            }
            if isRegistered, let dataRegion, dataRegion != region {
                throw .invalid("Deregister first to change the data_localization_region.")
            }
        }
        try check(pin, now: now)
        self.pin = pin
        dataRegion = region ?? dataRegion
        isRegistered = true
    }

    mutating func deregister(now: Int) throws(GraphError) {
        try countRegistration(now: now)
        // A number that is also in the WhatsApp Business app is let go there.
        guard !isOnBusinessApp else {
            throw .invalid("This number is used in the WhatsApp Business app; disconnect it there.")
        }
        isRegistered = false
        dataRegion = nil
    }

    /// `POST /{phone_number_id}` with `pin`: sets or changes the PIN of a registered number.
    mutating func setPIN(_ pin: String) throws(GraphError) {
        guard isRegistered else { throw .catalogued(133010) }
        try Self.requireForm(of: pin)
        self.pin = pin
        wrongPINs = 0
        pinLockedUntil = 0
    }

    /// `POST /{phone_number_id}/request_code`.
    mutating func requestCode(now: Int) throws(GraphError) {
        guard codeVerification != "VERIFIED" else {
            throw GraphError(
                http: 400, code: 136024, title: "Request code error",
                details: "The phone number is verified already.")
        }
        code = VerificationCode(
            text: String(Int.random(in: 100_000...999_999)), expiresAt: now + Self.codeLifetime)
    }

    /// `POST /{phone_number_id}/verify_code`.
    mutating func verify(_ given: String, now: Int) throws(GraphError) {
        let digits = given.filter { $0 != "-" && $0 != " " }
        guard digits.wholeMatch(of: /[0-9]{6}/) != nil else {
            throw .invalid("Invalid verification code format: six digits.")
        }
        guard let code, code.expiresAt > now, code.text == digits else {
            throw GraphError(
                http: 400, code: 136025, title: "Verify code error",
                details: "The code is wrong or has expired; request another one.")
        }
        self.code = nil
        codeVerification = "VERIFIED"
    }

    private mutating func countRegistration(now: Int) throws(GraphError) {
        registrations.removeAll { $0 <= now - Self.registrationWindow }
        guard registrations.count < Self.registrationLimit else { throw .catalogued(133016) }
        registrations.append(now)
    }

    private mutating func check(_ given: String, now: Int) throws(GraphError) {
        guard let pin else { return }
        guard pinLockedUntil <= now else {
            var error = GraphError.catalogued(133008)
            error.details = "Too many wrong PINs. Try again in \((pinLockedUntil - now + 999) / 1000) seconds."
            throw error
        }
        guard given != pin else {
            wrongPINs = 0
            return
        }
        wrongPINs += 1
        if wrongPINs >= Self.pinGuesses {
            wrongPINs = 0
            pinLockedUntil = now + Self.pinPause
        }
        throw .catalogued(133005)
    }

    private static func requireForm(of pin: String) throws(GraphError) {
        guard pin.wholeMatch(of: /[0-9]{6}/) != nil else {
            throw .invalid("Param pin must be exactly 6 digits.")
        }
    }

    static let regions: Set<String> = [
        "AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA",
    ]
}
