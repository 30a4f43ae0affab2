/// What goes wrong at Drive on request. They stand on Google's board (`/_sandbox/google/faults`).
enum DriveFaults {
    static let known: [ProviderFault] = []
}
