import Synchronization

/// Gives orders by chance, one after another, that follow from a seed.
final class OrderSource: Sendable {
    private let generator: Mutex<SeededOrder>

    init(seed: UInt64, name: String) {
        generator = Mutex(SeededOrder(seed: seed, name: name))
    }

    /// The numbers from 1 to `count`, each once.
    func order(of count: Int) -> [Int] {
        guard count > 0 else { return [] }
        return generator.withLock { Array(1...count).shuffled(using: &$0) }
    }
}
