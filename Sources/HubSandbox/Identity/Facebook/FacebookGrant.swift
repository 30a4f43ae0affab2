/// What a person has given an app, and what the person would not give.
struct FacebookGrant: Hashable, Sendable {
    var granted: Set<String>
    var declined: Set<String>
    /// Unix seconds of the last consent.
    var authorizedAt: Int

    /// Ninety days without a visit end an app's access to the person's data.
    static let dataAccessLifetime = 90 * 86_400

    /// The permissions that can be asked for here. Others need App Review, or do not exist: Facebook calls them invalid.
    static let permissions: Set<String> = [
        "public_profile", "email", "openid", "user_birthday", "user_friends", "user_gender", "user_hometown",
        "user_link", "user_location",
    ]

    /// `data` of `/{user-id}/permissions`.
    var json: JSON {
        let all = granted.map { ($0, "granted") } + declined.map { ($0, "declined") }
        return .array(
            all.sorted { $0.0 < $1.0 }.map { name, status in ["permission": JSON(name), "status": JSON(status)] })
    }
}
