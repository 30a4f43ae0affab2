extension WhatsAppCloud {
    /// Blocks or unblocks the users that a call lists.
    /// - Throws: what holds for the whole call; what holds for one user stands in the answer.
    func changeBlocks(
        _ body: JSON, of number: SandboxConfiguration.Number, blocks: Bool
    ) throws(GraphError) -> BlockAnswer {
        guard let items = body["block_users"]?.elements, !items.isEmpty else { throw .missing("block_users") }
        guard items.count <= 1000 else { throw .invalid("Param block_users must have at most 1000 elements.") }
        if blocks, state(of: number).blocked.entries.count + items.count > BlockList.limit {
            throw .catalogued(139101)
        }
        var answer = BlockAnswer(done: blocks ? "added_users" : "removed_users")
        for item in items {
            guard let (input, entry) = Self.blockEntry(item, number: number) else {
                throw .invalid("Param block_users must hold objects with 'user', a phone number, or 'user_id'.")
            }
            var named: JSON = ["input": JSON(input), "wa_id": entry.phone.map { JSON($0) }]
            if let userID = entry.userID { named = named.adding("user_id", JSON(userID)) }
            if blocks, !hasRecentlyWritten(entry, to: number) {
                let error: JSON = [
                    "message": "Re-engagement required", "code": 131047,
                    "error_data": ["details": "The user has not written to this number in the last 24 hours."],
                ]
                answer.failed.append(named.adding("errors", [error]))
                continue
            }
            try changeState(of: number) { state in
                if blocks { state.blocked.add(entry) } else { _ = state.blocked.remove(entry) }
            }
            answer.users.append(named)
        }
        return answer
    }

    /// Whether a number has blocked a customer, by number or by user id.
    func isBlocked(_ customer: String, by number: SandboxConfiguration.Number) -> Bool {
        guard let blocked = numberStates[number.phoneNumberID]?.blocked, !blocked.entries.isEmpty else { return false }
        let userID = Recipient.userID(ofCustomer: customer, businessAccountID: number.businessAccountID)
        return blocked.contains(.init(phone: customer)) || blocked.contains(.init(userID: userID))
            || blocked.contains(.init(userID: customer))
    }

    private static func blockEntry(
        _ item: JSON, number: SandboxConfiguration.Number
    ) -> (input: String, entry: BlockList.Entry)? {
        if let user = item["user"]?.text {
            guard case .phone(let digits)? = Recipient.phone(from: user, businessDigits: number.digits) else {
                return nil
            }
            return (user, BlockList.Entry(phone: digits))
        }
        guard let userID = item["user_id"]?.text, Recipient.user(from: userID) != nil else { return nil }
        return (userID, BlockList.Entry(userID: userID))
    }

    /// Only who wrote in the last 24 hours can be blocked.
    private func hasRecentlyWritten(_ entry: BlockList.Entry, to number: SandboxConfiguration.Number) -> Bool {
        let customer = entry.phone ?? entry.userID.flatMap { customersByUserID[$0] ?? $0 } ?? ""
        let key = PhoneThread.Key(phoneNumberID: number.phoneNumberID, customer: customer)
        return threads[key]?.lastInbound.map { now - $0 <= 86_400 } ?? false
    }
}
