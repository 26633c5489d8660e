import Synchronization

/// Gives one password after the other.
final class PasswordList: Sendable {
    struct Empty: Error {}

    private let left: Mutex<[String]>

    init(_ passwords: [String]) { left = Mutex(passwords) }

    @Sendable func next() async throws -> String {
        try left.withLock { left in
            guard !left.isEmpty else { throw Empty() }
            return left.removeFirst()
        }
    }
}
