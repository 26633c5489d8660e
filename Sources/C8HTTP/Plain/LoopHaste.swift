/// Decides how long a loop watches its sockets awake before it sleeps: where answers come within microseconds, as from a
/// server on the same machine or the next, to fall asleep and be woken takes longer than the answer. A value: it reads no
/// clock. Times are nanoseconds.
struct LoopHaste: Sendable {
    /// Answers that take longer are slept for.
    static let longest: Int64 = 120_000
    private static let mostRests = 256

    /// What it usually takes until there is something.
    private var usual = LoopHaste.longest * 4
    private var rests = 0
    private var nextRests = 1

    /// How long to watch this time; 0 not at all.
    mutating func limit() -> Int64 {
        if rests > 0 {
            rests -= 1
            return 0
        }
        return usual <= Self.longest ? min(2 * usual, Self.longest) : 0
    }

    /// There was something after that time.
    mutating func waited(_ time: Int64) {
        usual = (usual * 3 + min(time, Self.longest * 4)) / 4
        nextRests = max(1, nextRests - 1)
    }

    /// There was nothing in the time that was watched: each further time in a row, it is tried after twice as long.
    mutating func waitedInVain() {
        rests = nextRests
        nextRests = min(Self.mostRests, nextRests * 4)
    }
}
