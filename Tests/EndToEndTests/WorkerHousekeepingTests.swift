import Foundation
import Testing

/// What workers leave behind, show, and wait for.
@Suite(.timeLimit(.minutes(2))) struct WorkerHousekeepingTests {
    private let folder: Folder
    private let environment: [String: String]

    init() throws {
        folder = try Folder()
        let temporary = folder.url.appendingPathComponent("tmp")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        environment = ["C8_STATE": folder.url.appendingPathComponent("state").path, "TMPDIR": temporary.path]
    }

    /// The folders of workers, dead or alive.
    private var folders: [String] {
        let shared = folder.url.appendingPathComponent("tmp/c8run-worker-\(getuid())").path
        return (try? FileManager.default.contentsOfDirectory(atPath: shared)) ?? []
    }

    private func submit(
        _ id: String, _ source: String, _ options: [String] = [], arguments: [String] = []
    ) async throws {
        let file = try folder.file("\(id).lua", source)
        let run = try await CommandRun.c8run(
            ["submit", "--id", id] + options + [file] + arguments, environment: environment)
        #expect(run.status == 0, "\(run.errors)")
    }

    /// Waits until it holds, for twenty seconds at most.
    private func wait(for condition: @Sendable () -> Bool) async throws {
        for _ in 0..<2000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(condition())
    }

    @Test func filesOfAKilledWorkersJobGoWithTheNextWorkerAndThoseOfALiveOneStay() async throws {
        _ = try folder.file("lib.lua", "return {late = function() return require('late') end}")
        _ = try folder.file("late.lua", "return 'still there'")
        let go = folder.url.appendingPathComponent("go").path
        try await submit("killed", "require('lib') require('c8.task').sleep(60)", ["--attempts", "1"])
        let killed = try await CommandRun.c8run(["worker"], environment: environment) { process in
            try await wait { folders.count == 1 }
            kill(process.processIdentifier, SIGKILL)
        }
        #expect(killed.status == SIGKILL)
        let left = folders
        #expect(left.count == 1)

        let granted = "--allow-read=\(folder.url.path)"
        try await submit(
            "live",
            """
            local lib, fs, task = require('lib'), require('c8.fs'), require('c8.task')
            while not fs.exists(...) do task.sleep(0.02) end
            return lib.late()
            """, [granted], arguments: [go])
        let live = try await CommandRun.c8run(
            ["worker", "--until-empty", granted], environment: environment
        ) { _ in
            try await wait { folders.count == 1 && folders != left }
            let own = folders
            // Another worker comes and goes meanwhile.
            let other = try await CommandRun.c8run("worker", "--until-empty", environment: environment)
            #expect(other.status == 0, "\(other.errors)")
            #expect(folders == own)
            _ = FileManager.default.createFile(atPath: go, contents: Data())
        }
        #expect(live.status == 0, "\(live.errors)")
        let shown = try await CommandRun.c8run("queue", "show", "--json", "live", environment: environment)
        #expect(shown.output.contains("still there"), "\(shown.output)")
        #expect(folders == [])
    }

    /// A pipe that nobody empties holds 64 KiB: who waited for it would neither end its jobs nor prolong its leases.
    @Test func workGoesOnWhereNobodyReadsTheLog() async throws {
        try await submit(
            "loud", "local log = require('c8.log') for i = 1, 3000 do log.warn(('x'):rep(100), {n = i}) end return 1")
        for number in 1...5 { try await submit("job-\(number)", "return \(number)") }
        let run = try await CommandRun.shell(
            """
            mkfifo log
            sleep 100 < log &
            reader=$!
            status=0
            timeout 40 c8run worker --until-empty --log-level info 2> log || status=$?
            kill $reader
            exit $status
            """, environment: environment, folder: folder)
        #expect(run.status == 0, "\(run.errors)")
        let list = try await CommandRun.c8run("queue", "list", "--state", "done", environment: environment)
        #expect(list.output.split(separator: "\n").count >= 6, "\(list.output)")
    }

    @Test func metricsTellHowLongTheQueueIsAndForHowLong() async throws {
        let port = try Self.freePort()
        try await submit("waits", "return 1", ["--tag", "nobody"])
        let run = try await CommandRun.c8run(
            ["worker", "--listen", "127.0.0.1:\(port)"], environment: environment
        ) { process in
            var page = ""
            for _ in 0..<500 where !page.contains("c8run_queue_lag_seconds ") {
                try await Task.sleep(for: .milliseconds(20))
                page = try await CommandRun.shell(
                    "bash -c 'exec 3<>/dev/tcp/127.0.0.1/\(port) && printf \"GET /metrics HTTP/1.0\\r\\n\\r\\n\" >&3 && cat <&3' || true",
                    folder: folder
                ).output
            }
            #expect(page.contains("c8run_queue_jobs{state=\"waiting\"} 1"), "\(page)")
            let lag = page.split(separator: "\n").first { $0.hasPrefix("c8run_queue_lag_seconds ") }
            let seconds = try #require(lag.flatMap { Double($0.split(separator: " ")[1]) }, "\(page)")
            #expect(seconds > 0 && seconds < 60)
            kill(process.processIdentifier, SIGTERM)
        }
        #expect(run.status == 0, "\(run.errors)")
    }

    /// One that the kernel has just given, and takes from nobody else at once.
    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &place) { bytes -> Int32 in
            let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
            guard bind(descriptor, name, length) == 0 else { return -1 }
            return getsockname(descriptor, name, &length)
        }
        try #require(status == 0)
        return UInt16(bigEndian: place.sin_port)
    }
}
