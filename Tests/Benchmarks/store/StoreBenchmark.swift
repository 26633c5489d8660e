import C8Postgres
import C8Queue
import C8Store

/// `StoreBenchmark claim COUNT URL`: takes so many jobs from the queue in a database, one at a time, as a worker does; they must
/// wait there already. Prints seconds and CPU seconds, as `postgres/peer.c` does.
@main
struct StoreBenchmark {
    /// What was asked for was not there.
    private struct Missing: Error {}

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, arguments[1] == "claim", let count = Int(arguments[2]) else {
            throw Missing()
        }
        let queue = PostgresJobQueue(try await PostgresState.open(PostgresSettings(arguments[3])))
        try await claim(count, from: queue)
    }

    @concurrent
    private static func claim(_ count: Int, from queue: PostgresJobQueue) async throws {
        let worker = WorkerIdentity(host: "benchmark", process: 1)
        let clock = ContinuousClock()
        let (wall, cpu) = (clock.now, processorSeconds())
        for _ in 0..<count {
            let jobs = try await queue.claim(JobWish(most: 1), as: worker, at: 0)
            guard jobs.count == 1 else { throw Missing() }
        }
        let seconds = (clock.now - wall) / .seconds(1)
        print(seconds, processorSeconds() - cpu)
    }
}
