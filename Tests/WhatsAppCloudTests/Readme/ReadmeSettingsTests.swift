import AdapterKit
import Testing

@testable import WhatsAppCloud

@Suite("The README's table of settings")
struct ReadmeSettingsTests {
    @Test("Every setting has its row, in the order of the schema, and says where it stands")
    func settings() throws {
        let table = try ReadmeTable(under: "## Settings")
        let fields = WhatsAppCloudAdapter.manifest.settings.fields
        #expect(table.rows.map { $0[0] } == fields.map { "`\($0.key)`" })
        for (field, row) in zip(fields, table.rows) {
            #expect(row[1] == (field.scope == .app ? "app or channel" : "channel"), "\(field.key)")
            #expect(!row[2].isEmpty, "\(field.key)")
        }
    }
}
