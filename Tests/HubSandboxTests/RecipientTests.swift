import Testing

@testable import HubSandbox

struct RecipientTests {
    @Test(arguments: [
        ("+16505551234", "16505551234"), ("+1 (650) 555-1234", "16505551234"), ("+60 12-345 6789", "60123456789"),
        // Without `+`: right when the business has the same country code, misdelivered when not.
        ("16505551234", "16505551234"), ("60123456789", "160123456789"), ("6505551234", "16505551234"),
    ])
    func `a number is read as the API reads it for a US business`(input: String, digits: String) {
        #expect(Recipient.phone(from: input, businessDigits: "15550783881") == .phone(digits))
    }

    @Test(arguments: ["", "+", "hello", "+123", "+1650555123412345", "1650x5551234", "٣٤٥٦٧٨٩"])
    func `other texts are no numbers`(input: String) {
        #expect(Recipient.phone(from: input, businessDigits: "15550783881") == nil)
    }

    @Test func `a customer has one user id per business account`() {
        let first = Recipient.userID(ofCustomer: "4915123456789", businessAccountID: "1")
        #expect(first == Recipient.userID(ofCustomer: "4915123456789", businessAccountID: "1"))
        #expect(first != Recipient.userID(ofCustomer: "4915123456789", businessAccountID: "2"))
        #expect(first.hasPrefix("DE."))
        #expect(Recipient.user(from: first) == .user(first))
    }

    @Test(arguments: [("15551234", "1"), ("79161234567", "7"), ("491512345", "49"), ("971501234", "971")])
    func `a calling code has one to three digits`(digits: String, code: String) {
        #expect(CallingCode.prefix(of: digits) == code)
    }
}
