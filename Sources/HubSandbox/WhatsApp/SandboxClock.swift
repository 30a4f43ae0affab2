import FoundationEssentials
import Synchronization

/// The one clock of the sandbox: real time, plus what tests have moved it forward.
///
/// Everything that ages (windows, media addresses, codes, tokens, bans) reads it; whoever waits on it wakes when a
/// control call moves it (`POST /_sandbox/whatsapp/clock`). It never goes back, except by `POST /_sandbox/reset`.
final class SandboxClock: Sendable {
    private struct State {
        var offset = 0
        var nextID = 0
        /// Those who wait; cut short when the clock moves, upon which they look again.
        var sleepers: [Int: Task<Void, any Error>] = [:]
    }

    private let state = Mutex(State())
    private let time: @Sendable () -> Int

    /// - Parameter time: real time in Unix milliseconds.
    init(time: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970 * 1000) }) {
        self.time = time
    }

    /// Unix milliseconds.
    var milliseconds: Int { time() + state.withLock { $0.offset } }

    /// Unix seconds.
    var seconds: Int { milliseconds / 1000 }

    /// How far tests have moved the clock, in milliseconds.
    var offset: Int { state.withLock { $0.offset } }

    /// Moves the clock forward and wakes whose time has come.
    func advance(milliseconds: Int) {
        wake { $0.offset += max(0, milliseconds) }
    }

    /// Back to real time.
    func reset() {
        wake { $0.offset = 0 }
    }

    /// Waits until the clock shows that time, by itself or because it was moved.
    /// - Parameter deadline: Unix milliseconds.
    /// - Throws: `CancellationError` when the task is cancelled.
    func sleep(untilMilliseconds deadline: Int) async throws {
        while true {
            try Task.checkCancellation()
            // Entered and measured in one step, so that no move of the clock falls between the two.
            let entry = state.withLock { state -> (id: Int, task: Task<Void, any Error>)? in
                let left = deadline - time() - state.offset
                guard left > 0 else { return nil }
                state.nextID += 1
                let task = Task { try await Task.sleep(for: .milliseconds(left)) }
                state.sleepers[state.nextID] = task
                return (state.nextID, task)
            }
            guard let entry else { return }
            await withTaskCancellationHandler {
                _ = await entry.task.result
            } onCancel: {
                entry.task.cancel()
            }
            state.withLock { $0.sleepers[entry.id] = nil }
        }
    }

    /// Waits that long by this clock.
    func sleep(for duration: Duration) async throws {
        try await sleep(untilMilliseconds: milliseconds + duration.milliseconds)
    }

    private func wake(_ change: (inout State) -> Void) {
        let sleepers = state.withLock { state in
            change(&state)
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.cancel() }
    }
}
