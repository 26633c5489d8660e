import ArgumentParser
import C8Queue
import Dispatch
import Synchronization

/// Ids of queued jobs, for shells that complete them.
enum JobCompletion {
    /// Those of the state that the environment and the options of the line lead to; none after two seconds.
    static var jobs: CompletionKind {
        .custom { words, _, prefix in
            func value(of option: String) -> String? {
                words.firstIndex(of: option).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
            }
            let request = ConfigurationRequest(file: value(of: "--config"), profile: value(of: "--profile"))
            return wait { try await ids(request) }.filter { $0.hasPrefix(prefix) }
        }
    }

    private static func ids(_ request: ConfigurationRequest) async throws -> [String] {
        let loader = ConfigurationLoader(folders: .current())
        let layers = try loader.load(request)
        let secrets = SecretReader(environment: loader.folders.environment, warn: { _ in })
        let queue = try await JobQueues.open(layers, secrets: secrets, warn: { _ in })
        let jobs = try await queue.list(JobFilter(limit: 200)).map(\.id.text)
        return jobs + (try await queue.schedules().map(\.request.id.text))
    }

    private static func wait(_ work: @escaping @Sendable () async throws -> [String]) -> [String] {
        let box = Box()
        Task.detached {
            let ids = (try? await work()) ?? []
            box.ids.withLock { $0 = ids }
            box.isDone.signal()
        }
        _ = box.isDone.wait(timeout: .now() + .seconds(2))
        return box.ids.withLock { $0 }
    }

    private final class Box: Sendable {
        let ids = Mutex<[String]>([])
        let isDone = DispatchSemaphore(value: 0)
    }
}
