import C8Queue
import Glibc

/// The files of the time zones that this machine knows.
enum TimeZoneFile {
    private static let folder = "/usr/share/zoneinfo"
    private static let mostBytes = 256 << 10

    /// The rules of a zone; nil where its name is none, or it is not known here.
    static func rules(_ name: String) -> ZoneRules? {
        guard isName(name) else { return nil }
        if let file = try? SmallFile.read("\(folder)/\(name)", limit: mostBytes) { return ZoneRules(file.bytes) }
        // Also on a machine without such files.
        return name == "UTC" || name == "Etc/UTC" ? .utc : nil
    }

    /// The name of the zone that this machine is in.
    static func machine(_ environment: EnvironmentLookup) -> String {
        if let name = environment("TZ") { return name.hasPrefix(":") ? String(name.dropFirst()) : name }
        if let target = linkTarget("/etc/localtime"), let range = target.firstRange(of: "zoneinfo/") {
            return String(target[range.upperBound...])
        }
        let file = try? SmallFile.read("/etc/timezone", limit: 1000)
        let text = file.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        return text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "UTC"
    }

    /// Relative, and nowhere but below the folder.
    private static func isName(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 100
            && parts.allSatisfy { part in
                !part.isEmpty && !part.hasPrefix(".")
                    && part.utf8.allSatisfy { byte in
                        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                            || "_+-".utf8.contains(byte)
                    }
            }
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
