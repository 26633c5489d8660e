/// How long a state is waited for that another process keeps locked, and when the operator is told.
struct StateWait: Sendable {
    /// As long as a call may take by default.
    var patience: Duration = .seconds(30)
    var tellsAfter: Duration = .seconds(5)
    /// Takes a sentence for the operator.
    var notice: @Sendable (String) -> Void = { _ in }

    /// A wait that begins now.
    func begin() -> Waiting { Waiting(wait: self) }

    /// One wait.
    struct Waiting: Sendable {
        private let wait: StateWait
        private let began = ContinuousClock.now
        private var pause = Duration.milliseconds(2)
        private var isTold = false

        fileprivate init(wait: StateWait) {
            self.wait = wait
        }

        /// A moment's rest before the next try.
        ///
        /// - Throws: when the patience has come to its end, or the task is cancelled.
        mutating func nap(_ path: String) async throws(StateStoreError) {
            let waited = ContinuousClock.now - began
            if waited >= wait.tellsAfter, !isTold {
                isTold = true
                wait.notice("the state in \(path) is locked by another process; waiting until that lets it go")
            }
            guard waited < wait.patience else {
                throw StateStoreError(
                    .locked, path: path,
                    problem: "another process has kept it locked for \(wait.patience.components.seconds) seconds")
            }
            guard (try? await Task.sleep(for: pause)) != nil else {
                throw StateStoreError(.locked, path: path, problem: "cancelled while another process kept it locked")
            }
            pause = min(pause * 2, .milliseconds(50))
        }
    }
}
