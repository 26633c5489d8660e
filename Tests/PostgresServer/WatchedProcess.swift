import Foundation
import Synchronization

/// A process that ends with this one, however this one ends: a second process waits for that.
final class WatchedProcess: Sendable {
    private let process = Process()
    private let input = Pipe()
    private let isOver = Atomic<Bool>(false)

    /// Starts it as a user without rights: the server refuses to run as root.
    ///
    /// - Parameters:
    ///   - signal: the name of what ends it.
    ///   - folder: is removed when this process dies.
    ///   - log: takes what it prints; nil for nowhere.
    init(_ command: [String], endedBy signal: String, folder: String? = nil, log: String? = nil) throws {
        Self.set(process, command)
        process.standardInput = FileHandle.nullDevice
        let output = log.flatMap { FileHandle(forWritingAtPath: $0) } ?? FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let watch = Process()
        // The kernel closes the pipe of a process that was killed.
        let number = process.processIdentifier
        let rest = "kill -KILL \(number); while kill -0 \(number); do sleep 0.1; done; exec rm -rf \(folder ?? "")"
        Self.set(watch, ["/bin/sh", "-c", "if read line; then kill -\(signal) \(number); else \(rest); fi"])
        watch.standardInput = input
        watch.standardOutput = FileHandle.nullDevice
        watch.standardError = FileHandle.nullDevice
        try watch.run()
    }

    deinit {
        end()
    }

    var isRunning: Bool { process.isRunning }

    /// Ends it, and waits for that.
    func end() {
        guard !isOver.exchange(true, ordering: .relaxed) else { return }
        try? input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    static func set(_ process: Process, _ command: [String]) {
        let drop = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = (geteuid() == 0 ? drop : []) + command
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
    }
}
