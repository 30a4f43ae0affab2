import AdapterKit

/// An amount with its currency, the amount as Shopify spells it.
struct Money {
    private let amount: String?
    private let currency: String?

    /// - Parameter money: `MoneyV2` of GraphQL.
    init(_ money: JSON?) { self.init(amount: money?["amount"], currency: money?["currencyCode"]) }

    init(amount: JSON?, currency: JSON?) {
        self.amount = amount?.identifier
        self.currency = currency?.string
    }

    /// Nil when there is no amount.
    var json: JSON? {
        amount.map { amount in
            .object(["amount": .string(amount), "currency": currency.map { .string($0) }])
        }
    }
}
