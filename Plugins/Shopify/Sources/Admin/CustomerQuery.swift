import AdapterKit

/// Looks a customer up by one identifier, with their last orders. The identifier is a variable of the query and never a part
/// of its text.
struct CustomerQuery {
    enum Identifier: Hashable {
        /// E.164 with its plus.
        case phone(String)
        case email(String)
    }

    static let document = """
        query ComfileCustomer($identifier: CustomerIdentifierInput!, $orders: Int!) {
          customerByIdentifier(identifier: $identifier) {
            id displayName createdAt numberOfOrders tags
            defaultEmailAddress { emailAddress }
            amountSpent { amount currencyCode }
            orders(first: $orders, sortKey: CREATED_AT, reverse: true) {
              nodes {
                id name createdAt updatedAt cancelledAt displayFinancialStatus displayFulfillmentStatus
                totalPriceSet { shopMoney { amount currencyCode } }
                lineItems(first: 10) { nodes { title quantity } }
              }
            }
          }
        }
        """

    let identifier: Identifier
    let orders: Int

    var variables: JSON {
        let input: JSON =
            switch identifier {
            case .phone(let number): ["phoneNumber": .string(number)]
            case .email(let address): ["emailAddress": .string(address)]
            }
        return ["identifier": input, "orders": .integer(orders)]
    }

    /// What an event's contact can be looked up by: phone numbers first, at most three in all.
    static func identifiers(of contact: JSON) -> [Identifier] {
        let identities = (contact["identities"]?.elements ?? []).compactMap { identity -> Identifier? in
            guard let value = identity["value"]?.string else { return nil }
            switch identity["kind"]?.string {
            case "phone": return isPhone(value) ? .phone(value) : nil
            case "email": return isEmail(value) ? .email(value) : nil
            default: return nil
            }
        }
        func isByPhone(_ identifier: Identifier) -> Bool { if case .phone = identifier { true } else { false } }
        return Array((identities.filter(isByPhone) + identities.filter { !isByPhone($0) }).prefix(3))
    }

    private static func isPhone(_ text: String) -> Bool {
        (8...16).contains(text.utf8.count) && text.hasPrefix("+")
            && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isEmail(_ text: String) -> Bool {
        (3...254).contains(text.utf8.count) && text.contains("@")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
