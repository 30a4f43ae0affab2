import Hummingbird

/// The list of ready-made customer's messages: `GET /_sandbox/whatsapp/inbound/examples`.
struct InboundRoutes: Sendable {
    let cloud: WhatsAppCloud

    func add(to router: Router<SandboxContext>) {
        router.get("_sandbox/whatsapp/inbound/examples") { _, _ in
            guard let number = cloud.configuration.numbers.first else {
                throw ControlError("the sandbox has no numbers")
            }
            let customer = "16505551234"
            let place = InboundExample.Place(
                number: number, customer: customer,
                userID: Recipient.userID(ofCustomer: customer, businessAccountID: number.businessAccountID),
                businessMessage: MessageID.make(party: customer, author: .business),
                customerMessage: MessageID.make(party: customer, author: .customer))
            return Response.json(InboundExample.list(place))
        }
    }
}
