import AdapterKit
import Foundation
import HubCore
import Testing

@Test func theSystemClockIsTheMachinesTimeOfDay() {
    let before = Int64(Date().timeIntervalSince1970 * 1000)
    let now = SystemClock().now.milliseconds
    let after = Int64((Date().timeIntervalSince1970 * 1000).rounded(.up))
    #expect(before <= now && now <= after)
}
