import Dispatch
import Glibc

/// Runs a program, as that of `secret_key_command`, and takes what it prints. No shell is involved.
struct SecretCommand: Sendable {
    /// The program (looked up in `PATH`) and its arguments.
    var arguments: [String]
    /// The largest output accepted, in bytes.
    var limit: Int
    /// How long the program may take before it is killed; a person may have to type a passphrase.
    var timeoutSeconds = 60
    /// The exit codes that mean that its output counts.
    var acceptedCodes: ClosedRange<Int32> = 0...0

    /// Runs the program on a thread of its own, so that waiting for it blocks nobody else.
    func run() async throws(SecretCommandError) -> [UInt8] {
        let result: Result<[UInt8], SecretCommandError> = await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(returning: Result { () throws(SecretCommandError) in try runBlocking() })
            }
        }
        return try result.get()
    }

    /// Runs the program and waits for it.
    func runBlocking() throws(SecretCommandError) -> [UInt8] {
        let (readEnd, writeEnd) = try makePipe()
        defer { close(readEnd) }
        let child: pid_t
        do {
            defer { close(writeEnd) }
            child = try spawn(output: writeEnd)
        }
        let outcome: Result<[UInt8], SecretCommandError> = Result { () throws(SecretCommandError) in
            try collect(from: readEnd)
        }
        if case .failure = outcome { kill(child, SIGKILL) }
        let status = wait(for: child)
        let output = try outcome.get()
        if status & 0x7f != 0 { throw SecretCommandError(reason: "was ended by signal \(status & 0x7f)") }
        let code = (status >> 8) & 0xff
        guard acceptedCodes.contains(code) else { throw SecretCommandError(reason: "ended with exit code \(code)") }
        return output
    }

    private func makePipe() throws(SecretCommandError) -> (readEnd: Int32, writeEnd: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SecretCommandError(reason: "got no pipe: \(errorText(errno))") }
        // c8run starts no other program, so nothing can inherit the ends before they are marked.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private func spawn(output: Int32) throws(SecretCommandError) -> pid_t {
        guard let program = arguments.first else { throw SecretCommandError(reason: "is empty") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)

        // This process ignores or blocks some signals; the program shall start with none of that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var vector: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        vector.append(nil)
        defer { for text in vector { free(text) } }
        var child: pid_t = 0
        let failure = posix_spawnp(&child, program, &actions, &attributes, vector, environ)
        guard failure == 0 else { throw SecretCommandError(reason: "cannot be started: \(errorText(failure))") }
        return child
    }

    private func collect(from descriptor: Int32) throws(SecretCommandError) -> [UInt8] {
        let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let left = ContinuousClock.now.duration(to: deadline).components.seconds
            guard left >= 0 else { throw SecretCommandError(reason: "took longer than \(timeoutSeconds) s") }
            var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            // At most a second at a time: the deadline is then kept to a second, and an interruption costs nothing.
            if poll(&ready, 1, 1000) <= 0 { continue }
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw SecretCommandError(reason: "cannot be read: \(errorText(errno))")
            }
            if count == 0 { return output }
            output.append(contentsOf: chunk[..<count])
            guard output.count <= limit else { throw SecretCommandError(reason: "printed more than \(limit) bytes") }
        }
    }

    private func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status
    }

    private func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
}
