import Glibc

/// How a process is told to people who look after a machine.
enum ProcessName {
    /// `host:pid`.
    static let current = "\(host):\(getpid())"

    private static var host: String {
        var bytes = [CChar](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return "?" }
        let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return name.isEmpty ? "?" : String(decoding: name, as: UTF8.self)
    }
}
