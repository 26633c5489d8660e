import CLinuxShims
import Glibc

extension KernelWall {
    /// Puts the wall up: for the calling thread and all that it starts from now on. There is no way back.
    ///
    /// To be called while the process has a single thread. Landlock does not reach threads that run already; the report
    /// then says so.
    package func apply() -> KernelWallReport {
        let threads = c8_thread_count()
        let privileges = c8_set_no_new_privileges()
        var parts = [
            privileges == 0
                ? KernelWallReport.Part("privileges", .enforced, "no_new_privs")
                : KernelWallReport.Part("privileges", .missing, Self.text(privileges))
        ]
        // Neither Landlock nor the filter can be had without it.
        parts += applyLandlock(threads: threads)
        let filter = c8_filter_install()
        parts.append(
            filter == 0
                ? KernelWallReport.Part("processes", .enforced, "seccomp: no new process or program, no tracing")
                : KernelWallReport.Part("processes", .missing, "seccomp: \(Self.text(filter))"))
        return KernelWallReport(parts: parts)
    }

    /// What ``apply()`` could do on this kernel, without doing it.
    package static func available() -> KernelWallReport {
        let version = c8_landlock_version()
        let filter = c8_filter_available()
        var parts: [KernelWallReport.Part] = []
        if version > 0 {
            parts.append(filesPart(version: Int(version), threads: 1))
            parts.append(
                version >= 4
                    ? KernelWallReport.Part("ports", .enforced, "Landlock \(version)") : Self.portsAreMissing(version))
        } else {
            parts.append(KernelWallReport.Part("files", .missing, Self.landlockText(version)))
            parts.append(KernelWallReport.Part("ports", .missing, Self.landlockText(version)))
        }
        parts.append(
            filter == 0
                ? KernelWallReport.Part("processes", .enforced, "seccomp")
                : KernelWallReport.Part("processes", .missing, "seccomp: \(Self.text(filter))"))
        return KernelWallReport(parts: parts)
    }

    // MARK: Landlock

    private func applyLandlock(threads: Int32) -> [KernelWallReport.Part] {
        let version = c8_landlock_version()
        guard version > 0 else {
            let text = Self.landlockText(version)
            return [KernelWallReport.Part("files", .missing, text), missingPorts(text)]
        }
        do throws(KernelWallFailure) {
            try enforceRules(version: Int(version))
        } catch {
            let text = "Landlock: \(error.step): \(Self.text(error.number))"
            return [KernelWallReport.Part("files", .missing, text), missingPorts(text)]
        }
        return [Self.filesPart(version: Int(version), threads: Int(threads)), portsPart(version)]
    }

    private func enforceRules(version: Int) throws(KernelWallFailure) {
        let known = LandlockRights.known(toVersion: version)
        let network = version >= 4 ? networkRights : 0
        // Abstract Unix sockets and signals of processes outside.
        let scopes: UInt64 = version >= 6 ? 3 : 0
        let rules = try check("making the rules", c8_landlock_create(known.rawValue, network, scopes))
        defer { close(rules) }
        for path in SystemPaths.readable { try allow(path, .read, known, in: rules) }
        for path in SystemPaths.writable { try allow(path, [.writeFile, .truncate], known, in: rules) }
        for rule in self.rules(kind: Self.kind) { try allow(rule.path, rule.rights, known, in: rules) }
        if network & Self.connect != 0, case .only(let ports) = ports {
            for port in Self.numbers(ports) {
                try check("the port \(port)", c8_landlock_allow_port(rules, port, Self.connect))
            }
        }
        try check("enforcing", c8_landlock_enforce(rules))
    }

    private func allow(
        _ path: String, _ rights: LandlockRights, _ known: LandlockRights, in rules: Int32
    ) throws(KernelWallFailure) {
        let status = c8_landlock_allow_path(rules, path, rights.intersection(known).rawValue)
        // What is not there, or not reachable for this user, needs no rule.
        if [-ENOENT, -ENOTDIR, -EACCES, -ELOOP].contains(status) { return }
        try check("the path \(path)", status)
    }

    @discardableResult
    private func check(_ step: String, _ status: Int32) throws(KernelWallFailure) -> Int32 {
        guard status >= 0 else { throw KernelWallFailure(step: step, number: -status) }
        return status
    }

    /// All ports that may be dialled, in order. Without `union` and `joined`, at whose first use the runtime looks through all
    /// conformances of the program.
    private static func numbers(_ ports: Set<UInt16>) -> [UInt16] {
        var numbers = Array(ports)
        if !ports.contains(SystemPaths.namePort) { numbers.append(SystemPaths.namePort) }
        return numbers.sorted()
    }

    private static let bind: UInt64 = 1
    private static let connect: UInt64 = 2

    private var networkRights: UInt64 {
        var rights: UInt64 = 0
        if !mayListen { rights |= Self.bind }
        if case .only = ports { rights |= Self.connect }
        return rights
    }

    private static func kind(_ path: String) -> PathKind {
        var status = stat()
        guard stat(path, &status) == 0 else { return .missing }
        return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
    }

    // MARK: Words

    private static func filesPart(version: Int, threads: Int) -> KernelWallReport.Part {
        if threads > 1 {
            return KernelWallReport.Part(
                "files", .partial, "Landlock \(version): threads that ran before it are free, \(threads - 1) of them")
        }
        guard version >= 3 else {
            return KernelWallReport.Part(
                "files", .partial, "Landlock \(version): this kernel cannot refuse to truncate files")
        }
        return KernelWallReport.Part("files", .enforced, "Landlock \(version)")
    }

    private func portsPart(_ version: Int32) -> KernelWallReport.Part {
        guard case .only(let numbers) = ports else {
            return KernelWallReport.Part("ports", .open, "any port may be needed")
        }
        guard version >= 4 else { return Self.portsAreMissing(version) }
        var list = ""
        for number in Self.numbers(numbers) { list += list.isEmpty ? "\(number)" : ", \(number)" }
        return KernelWallReport.Part("ports", .enforced, "TCP to \(list)")
    }

    private func missingPorts(_ text: String) -> KernelWallReport.Part {
        if case .any = ports { return KernelWallReport.Part("ports", .open, "any port may be needed") }
        return KernelWallReport.Part("ports", .missing, text)
    }

    private static func portsAreMissing(_ version: Int32) -> KernelWallReport.Part {
        KernelWallReport.Part("ports", .missing, "Landlock \(version) of this kernel has no rules for ports, 4 has")
    }

    private static func landlockText(_ status: Int32) -> String {
        switch -status {
        case ENOSYS: "this kernel has no Landlock, or a container's runtime hides it"
        case EOPNOTSUPP: "Landlock is switched off: add it to the kernel's lsm= option"
        default: "Landlock: \(text(status))"
        }
    }

    private static func text(_ status: Int32) -> String { String(cString: strerror(abs(status))) }
}
