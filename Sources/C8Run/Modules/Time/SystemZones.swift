package import C8Queue
import Glibc

/// The time zones that this machine knows.
package enum SystemZones {
    private static let folder = "/usr/share/zoneinfo"
    /// The largest of them has a few kilobytes.
    private static let mostBytes = 1 << 20

    /// - Parameter name: such as `Asia/Shanghai`; nil for the machine's own, which is UTC where none is set.
    /// - Throws: ``ZoneError`` for a name that there is no zone of, and for a file that makes no sense.
    package static func rules(_ name: String?) throws(ZoneError) -> ZoneRules {
        guard let name else {
            guard let file = read("/etc/localtime") else { return .utc }
            return try ZoneRules(file)
        }
        if name == "UTC" { return .utc }
        // A name, and no way to other files.
        let isName =
            name.utf8.first != UInt8(ascii: "/") && !name.split(separator: "/").contains("..")
            && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard isName, let file = read("\(folder)/\(name)") else {
            throw ZoneError(description: "there is no time zone \"\(name)\" in \(folder); one is Asia/Shanghai")
        }
        do {
            return try ZoneRules(file)
        } catch {
            throw ZoneError(description: "the time zone \"\(name)\" cannot be used: \(error)")
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: mostBytes)
        var count = 0
        while count < mostBytes {
            let found = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if found < 0, errno == EINTR { continue }
            guard found >= 0 else { return nil }
            if found == 0 { break }
            count += found
        }
        return Array(bytes.prefix(count))
    }
}
