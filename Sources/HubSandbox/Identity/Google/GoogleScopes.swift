/// The scopes that the sandbox's Google knows.
enum GoogleScopes {
    static let drivePrefix = "https://www.googleapis.com/auth/"
    static let driveFile = drivePrefix + "drive.file"
    static let drive = drivePrefix + "drive"
    static let driveReadonly = drivePrefix + "drive.readonly"
    static let driveMetadataReadonly = drivePrefix + "drive.metadata.readonly"
    static let driveAppData = drivePrefix + "drive.appdata"

    /// What signs a person in: always allowed together, never one by one.
    static let signIn = ["openid", "https://www.googleapis.com/auth/userinfo.email", userinfoProfile]
    private static let userinfoProfile = "https://www.googleapis.com/auth/userinfo.profile"

    private static let titles = [
        "openid": "Know who you are on Google",
        "https://www.googleapis.com/auth/userinfo.email": "See your Google Account's email address",
        userinfoProfile: "See your name and picture",
        driveFile: "See, edit, create and delete only the Drive files that you use with this app",
        driveAppData: "See and change its own configuration data in your Drive",
        driveMetadataReadonly: "See information about your Drive files",
        driveReadonly: "See and download all your Drive files",
        drive: "See, edit, create and delete all of your Drive files",
    ]

    /// The scope as replies name it, or nil for one that is unknown.
    static func canonical(_ scope: String) -> String? {
        switch scope {
        case "email": signIn[1]
        case "profile": signIn[2]
        default: titles[scope] == nil ? nil : scope
        }
    }

    static func page(_ scopes: [String]) -> [ConsentPage.Scope] {
        scopes.map { .init(name: $0, title: titles[$0] ?? $0, isOptional: !signIn.contains($0)) }
    }
}
