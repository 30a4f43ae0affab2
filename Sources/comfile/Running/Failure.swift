/// Why a command could not do its work: one line that says what, where and what to do. It ends the command with code 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
