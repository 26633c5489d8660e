import Glibc

/// The time zone that this machine is in.
enum MachineZone {
    /// Its name, which another machine understands.
    static func name(_ environment: EnvironmentLookup) -> String {
        if let name = environment("TZ") { return name.hasPrefix(":") ? String(name.dropFirst()) : name }
        if let target = linkTarget("/etc/localtime"), let range = target.firstRange(of: "zoneinfo/") {
            return String(target[range.upperBound...])
        }
        let file = try? SmallFile.read("/etc/timezone", limit: 1000)
        let text = file.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        return text.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? "UTC"
    }

    private static func linkTarget(_ path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
}
