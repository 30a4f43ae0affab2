import Dispatch
import Foundation
import Synchronization

/// The threads that commit for all stores: one batch of one store at a time, the stores in turn.
///
/// A commit blocks on the disk, so it must not run on the cooperative pool. A fixed number of threads in turns is fair
/// while one tenant floods, and cheaper than a thread for each of the stores that write at the moment.
final class CommitThreads: Sendable {
    private let turns = Turns()
    private let count: Int

    init(count: Int) {
        self.count = count
        for number in 0..<count {
            let thread = Thread { [turns] in
                while let turn = turns.next() { turn() }
            }
            thread.name = "commit-\(number)"
            thread.start()
        }
    }

    deinit {
        for _ in 0..<count { turns.add(nil) }
    }

    /// Runs `turn` when those before it have had theirs.
    func run(_ turn: @escaping @Sendable () -> Void) { turns.add(turn) }
}

/// A queue on which threads wait.
private final class Turns: Sendable {
    private let waiting = Mutex<[(@Sendable () -> Void)?]>([])
    private let count = DispatchSemaphore(value: 0)

    /// Nil ends one thread.
    func add(_ turn: (@Sendable () -> Void)?) {
        waiting.withLock { $0.append(turn) }
        count.signal()
    }

    func next() -> (@Sendable () -> Void)? {
        count.wait()
        return waiting.withLock { $0.removeFirst() }
    }
}
