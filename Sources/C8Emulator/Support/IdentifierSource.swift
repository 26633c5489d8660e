/// Gives ids like the platform's: integers of 19 digits, growing, never the same twice.
struct IdentifierSource {
    private var last: Int64
    private var generator: SeededGenerator

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, stream: 2)
        last = 1_500_000_000_000_000_000 + Int64(generator.next() % 100_000_000_000_000_000)
    }

    mutating func next() -> Int64 {
        // Steps this small cannot reach the twentieth digit in any run.
        last += 1 + Int64(generator.next() % 4096)
        return last
    }
}
