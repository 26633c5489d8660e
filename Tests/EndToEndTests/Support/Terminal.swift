import Foundation
import Synchronization
import Testing

/// A program on a terminal of its own, as a person uses it: keys go in, and what the screen was sent is waited for.
final class Terminal: Sendable {
    private struct Screen {
        var text = ""
        /// What was waited for so far.
        var seen = 0
        var isAtEnd = false
    }

    /// What was sent is not what was expected in time.
    struct Unexpected: Error, CustomStringConvertible {
        let description: String
    }

    private let master: Int32
    private let process: Process
    private let screen = Mutex(Screen())
    private let ended = DispatchSemaphore(value: 0)

    /// Starts the real binary, or another program.
    init(
        _ arguments: [String], program: String = CommandRun.binary, environment: [String: String] = [:],
        folder: URL? = nil, columns: UInt16 = 80
    ) throws {
        // As posix_openpt, unlockpt and ptsname do, which Swift does not see: ioctl_tty(2), TIOCSPTLCK and TIOCGPTN.
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number): (Int32, Int32) = (0, 0)
        guard master >= 0, ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
            throw Unexpected(description: "no terminal to be had")
        }
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        let path = "/dev/pts/\(number)"
        process = Process()
        // A session of its own with this terminal as the controlling one, so that Control-C is a signal.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        process.arguments = ["--ctty", "--wait", program] + arguments
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "xterm", "NO_COLOR": "1"]
            .merging(environment) { $1 }
        process.currentDirectoryURL = folder ?? CommandRun.project
        let slave = open(path, O_RDWR | O_NOCTTY)
        guard slave >= 0 else { throw Unexpected(description: "the terminal \(path) cannot be opened") }
        let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = handle
        let ended = self.ended
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        try handle.close()
        Thread.detachNewThread { self.read() }
    }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var bytes: [UInt8] = []
        while true {
            let count = Glibc.read(master, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
            // That pastes are to be marked says nothing about what is seen.
            let text = String(decoding: bytes, as: UTF8.self).replacing(/\u{1b}\[\?2004[hl]/, with: "")
            screen.withLock { $0.text = text }
        }
        screen.withLock { $0.isAtEnd = true }
    }

    /// Presses keys.
    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        var start = 0
        while start < bytes.count {
            let count = bytes[start...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count < 0 { return }
            start += count
        }
    }

    /// Waits until the screen was sent a text, behind what was waited for before.
    ///
    /// - Returns: what came up to its end.
    @discardableResult
    func expect(_ text: String, within limit: Duration = .seconds(30)) async throws -> String {
        let deadline = ContinuousClock.now + limit
        while true {
            let (found, rest, isAtEnd) = screen.withLock { screen -> (String?, String, Bool) in
                let rest = String(screen.text.unicodeScalars.dropFirst(screen.seen).map(Character.init))
                guard let range = rest.range(of: text) else { return (nil, rest, screen.isAtEnd) }
                let before = String(rest[..<range.upperBound])
                screen.seen += before.unicodeScalars.count
                return (before, rest, screen.isAtEnd)
            }
            if let found { return found }
            if isAtEnd || ContinuousClock.now > deadline {
                throw Unexpected(description: "expected \(text.debugDescription), got \(rest.debugDescription)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Types a line and waits for its answer and the next prompt.
    func line(_ text: String, shows answer: String) async throws {
        type(text + "\r")
        try await expect(answer)
        try await expect("> ")
    }

    /// Sends the process a signal.
    func signal(_ number: Int32) {
        // setsid forwards none: its child is the leader of the terminal's foreground group.
        let group = tcgetpgrp(master)
        if group > 0 { kill(-group, number) }
    }

    /// Waits for the end.
    func status() async throws -> Int32 {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                if self.ended.wait(timeout: .now() + .seconds(30)) == .timedOut {
                    self.process.terminate()
                    continuation.resume(throwing: Unexpected(description: "the program does not end"))
                } else {
                    continuation.resume(returning: self.process.terminationStatus)
                }
            }
        }
    }

    deinit {
        if process.isRunning { signal(SIGKILL) }
        close(master)
    }
}
