import C8Client
import C8Queue
import C8Run
import C8Store
import Foundation
import Logging
import Synchronization
import Testing

@testable import C8RunCLI

/// A queue in a folder of its own, with workers that run real scripts.
final class WorkerBench: Sendable {
    let folder: String
    let queue: AwayQueue
    let jobFolders: JobFolders
    private let events = Mutex<[String]>([])

    init() async throws {
        folder =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/c8run-jobs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        queue = AwayQueue(SQLiteJobQueue(try await StateStore.open(folder: folder + "/state") { _ in }))
        try FileManager.default.createDirectory(atPath: folder + "/jobs", withIntermediateDirectories: true)
        jobFolders = JobFolders(in: folder + "/jobs")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// What workers told, as words: `began a`, `ended a 0`.
    var told: [String] { events.withLock { $0 } }

    func submit(
        _ id: String, _ source: String, files: [JobScript.File] = [], input: String? = nil, arguments: [String] = [],
        terms: JobTerms = JobTerms(), tag: String = "", attempts: Int = 5
    ) async throws {
        let script = JobScript(name: id + ".lua", source: Array(source.utf8), files: files)
        let request = JobRequest(
            id: try JobID(id), script: script, arguments: arguments, input: input, terms: try terms.text, tag: tag,
            mostAttempts: attempts)
        #expect(try await queue.submit(request, at: Date().timeIntervalSince1970) == .added)
    }

    func report(_ id: String) async throws -> JobReport { try #require(try await queue.show(try JobID(id))) }

    /// A worker that ends when the queue is empty, unless told otherwise.
    func worker(
        granted: RunGrants = RunGrants(), clock: any ClientClock = SystemClock(),
        _ change: (inout WorkerSettings, inout ScriptHost.Configuration) -> Void = { _, _ in }
    ) throws -> JobWorker {
        var settings = WorkerSettings()
        settings.endsWhenEmpty = true
        settings.longestPause = 0.05
        let hostGrants: @Sendable (RunGrants) -> ScriptHost.Grants = { granted in
            var grants = ScriptHost.Grants()
            grants.token = granted.token
            if let read = granted.read { grants.read = read.isAll ? .all : .paths(read.names) }
            if let net = granted.net { grants.network = .hosts(net.names) }
            if let environment = granted.environment {
                grants.environment = environment.isAll ? .all : .names(Set(environment.names))
            }
            return grants
        }
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        var host = ScriptHost.Configuration(grants: hostGrants(granted), standardOutput: { _ in }, logger: logger)
        change(&settings, &host)
        let runner = try JobRunner(
            worker: host, granted: granted, hostGrants: hostGrants, absolute: { $0 }, folders: jobFolders)
        return JobWorker(
            queue: queue, identity: WorkerIdentity(host: "here", process: getpid()), settings: settings,
            clock: clock, next: { _, _ in nil }, observe: { [weak self] in self?.note($0) },
            run: { await runner.run($0, $1) })
    }

    private func note(_ event: WorkerEvent) {
        let word: String =
            switch event {
            case .began(let job): "began \(job.claim.id)"
            case .ended(let job, let end, _): "ended \(job.claim.id) \(end.exitCode)"
            case .stopping(let claim, let stop): "stopping \(claim.id) \(stop)"
            case .refused(let claim, _): "refused \(claim.id)"
            case .fired(let ids): "fired \(ids.count)"
            case .away: "away"
            case .back: "back"
            case .unrecorded(let claim, _): "unrecorded \(claim.id)"
            case .draining: "draining"
            }
        events.withLock { $0.append(word) }
    }

    /// Waits until it has been told, for ten seconds at most.
    func wait(for word: String) async throws {
        for _ in 0..<1000 where !told.contains(word) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(told.contains(word), "\(told)")
    }
}
