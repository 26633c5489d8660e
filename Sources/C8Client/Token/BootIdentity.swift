import Glibc

/// Which start of the machine this is, as far as `CLOCK_BOOTTIME` can be compared.
enum BootIdentity {
    /// Nil where `/proc` does not tell; then processes compare their clocks on the wall.
    static let current = identity(
        bootID: text(of: "/proc/sys/kernel/random/boot_id"), timeNamespace: link("/proc/self/ns/time"))

    /// The time namespace that a machine starts with (`PROC_TIME_INIT_INO`); others may shift `CLOCK_BOOTTIME`.
    private static let firstTimeNamespace = "time:[4026531834]"

    /// A boot id is a UUID; anything else is none.
    static func identity(bootID: String?, timeNamespace: String?) -> String? {
        guard let bootID, bootID.utf8.count == 36, bootID.utf8.allSatisfy(isOfUUID) else { return nil }
        guard let timeNamespace, timeNamespace != firstTimeNamespace else { return bootID }
        return bootID + " " + timeNamespace
    }

    private static func isOfUUID(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func text(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].prefix { $0 > 0x20 }, as: UTF8.self)
    }

    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 64)
        let count = readlink(path, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
