import C8Client
import C8Flow
import C8Listener
import C8Queue
import C8Run
import C8Sandbox
import C8Store
import Logging

/// One worker: everything that was read beforehand, and the work itself, which ends with an exit code.
struct WorkerSession: Sendable {
    let arguments: WorkerArguments
    /// What workers have in common with runs; no script is run by the session itself.
    private var base: RunSession
    /// Where the queue is kept: beside the tokens, also where the platform is an emulator.
    private let layers: ConfigurationLayers
    private let temporaryFolder: TestTemporaryFolder
    private var listener: WorkerListener?
    /// Nil where no service manager has started it.
    private var notifier: ServiceNotifier?

    /// Reads the configuration; nothing else is opened before it is needed.
    ///
    /// - Throws: `UsageError`, `ConfigurationError`.
    init(_ arguments: WorkerArguments, loader: ConfigurationLoader) throws {
        self.arguments = arguments
        try arguments.run.checkEmulator()
        try arguments.run.grants.checkHosts()
        base = try RunSession(
            arguments.run, script: Script(source: [], name: "(worker)"), scriptArguments: [], loader: loader)
        layers =
            try base.layers ?? loader.load(ConfigurationRequest(), warn: arguments.run.output.printer.warn)
        temporaryFolder = try TestTemporaryFolder(environment: loader.folders.environment, purpose: "worker")
    }

    /// Puts the process behind the kernel's wall. To be called once, while it has a single thread.
    mutating func confine() throws(ConfigurationError) {
        if let address = arguments.listen {
            do throws(ListenerError) {
                listener = try WorkerListener(address)
            } catch {
                throw ConfigurationError(error.description, origin: .flag("--listen"))
            }
        }
        notifier = ServiceNotifier(environment: base.folders.environment)
        let shared = temporaryFolder.shared
        let state = base.layers == nil ? try layers.state() : nil
        if case .folder(let path)? = state { try? StateStore.makeFolder(path) }
        let folders = base.folders
        try base.confine { wall in
            wall.readable.append(shared)
            wall.writable.append(shared)
            RunWall.open(&wall, for: state, folders: folders)
        }
    }

    /// Works until it is told to end, or has nothing more to do.
    func run(signals: SignalWatch) async throws -> Int32 {
        // Leases are prolonged whether or not somebody reads the log.
        let format = arguments.run.output.logFormat
        OutputStream.standardError.writeInBackground { WorkerLog.gap($0, format: format) }
        defer { OutputStream.standardError.endBackground(within: 2) }
        return try await base.measured(signals: signals) { try await work(signals: signals) }
    }

    private func work(signals: SignalWatch) async throws -> Int32 {
        let registry = base.registry ?? PrometheusRegistry(help: MetricsFile.help)
        let queue = try await JobQueues.open(
            layers, secrets: base.secretReader, warn: arguments.run.output.printer.warn)
        let result = await base.withHost(output: { _ in }, metrics: registry) { host, _ in
            await Result { try await work(queue, host: host.configuration, registry: registry, signals: signals) }
        }
        return try result.get()
    }

    private func work(
        _ queue: any JobQueue, host: ScriptHost.Configuration, registry: PrometheusRegistry, signals: SignalWatch
    ) async throws -> Int32 {
        WorkerFolder.removeAbandoned(in: temporaryFolder.shared)
        let folders = JobFolders(in: temporaryFolder.shared)
        defer { folders.removeAll() }
        let runner = try JobRunner(
            worker: host, granted: base.granted, hostGrants: { [base] in base.hostGrants($0) },
            absolute: { [base] in base.absolute($0) }, folders: folders)
        let metrics = WorkerMetrics(registry, slots: arguments.concurrency)
        let log = WorkerLog(logger: host.logger)
        let owner = FlowOwner.current
        let calendars = ScheduleCalendars(logger: host.logger)
        let worker = JobWorker(
            queue: queue, identity: WorkerIdentity(host: owner.host, process: owner.process), settings: settings,
            next: { calendars.next(of: $0, after: $1) },
            observe: { event in
                metrics.note(event)
                log.note(event)
            }, run: { await runner.run($0, $1) })
        signals.onStop { [notifier] _ in
            notifier?.stopping()
            Task { await worker.drain() }
        }
        signals.onSecondStop { _ in Task { await worker.stop() } }
        try serve(worker, registry)
        defer { listener?.stop() }
        let counting = Task { await count(queue, metrics) }
        let living = Task { await live(worker) }
        notifier?.ready()
        defer {
            counting.cancel()
            living.cancel()
        }
        let untold = try await worker.work()
        return (untold == 0 ? ExitCode.done : .unavailable).number
    }

    private var settings: WorkerSettings {
        var settings = WorkerSettings()
        settings.tags = Set(arguments.tags)
        settings.application = (try? base.layers?.application())?.text
        settings.slots = arguments.once ? 1 : arguments.concurrency
        settings.longestPause = arguments.poll
        settings.drain = arguments.drain
        settings.endsWhenEmpty = arguments.untilEmpty
        settings.mostJobs = arguments.once ? 1 : nil
        return settings
    }

    private func serve(_ worker: JobWorker, _ registry: PrometheusRegistry) throws {
        guard let listener else { return }
        do {
            try listener.start(
                health: {
                    let status = worker.status
                    return WorkerHealth(
                        isStoreReached: status.isStoreReached, sinceContact: status.sinceContact,
                        isDraining: status.isDraining, running: status.running, slots: status.slots)
                }, metrics: { registry.text })
        } catch {
            throw ConfigurationError(error.description, origin: .flag("--listen"))
        }
    }

    /// Tells the service manager, as often as it wants to hear it. Whether the store is reached is not asked: no other start
    /// would mend that.
    private func live(_ worker: JobWorker) async {
        guard let notifier else { return }
        repeat {
            notifier.alive()
            let status = worker.status
            notifier.status("\(status.running) of \(status.slots) jobs run\(status.isStoreReached ? "" : ", no queue")")
        } while (try? await Task.sleep(for: notifier.watchdog ?? .seconds(30))) != nil
    }

    /// Where somebody reads the numbers, they tell how long the queue is.
    private func count(_ queue: any JobQueue, _ metrics: WorkerMetrics) async {
        guard listener != nil else { return }
        repeat {
            if let counts = try? await queue.counts(), let lag = try? await queue.lag(at: LogTime.secondsSince1970()) {
                metrics.show(counts, lag: lag)
            }
        } while (try? await Task.sleep(for: .seconds(15))) != nil
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
