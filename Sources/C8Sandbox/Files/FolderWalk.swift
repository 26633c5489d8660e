import CLinuxShims
import Glibc

/// Reads folders, one at a time, within bounds.
enum FolderWalk {
    /// The most entries that one operation looks at.
    static let mostEntries = 200_000
    /// The deepest nesting that one operation walks down.
    static let deepest = 64

    /// Counts what one operation looks at, and asks whether it should go on.
    struct Budget {
        let doing: String
        var entries = 0
        let isStopped: () -> Bool

        mutating func spend(_ count: Int = 1) throws {
            entries += count
            if entries > FolderWalk.mostEntries {
                throw FileError.limit(doing, "more than \(FolderWalk.mostEntries) entries")
            }
            if isStopped() { throw CancellationError() }
        }
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`.
    static func names(in folder: FileDescriptor, budget: inout Budget) throws -> [[UInt8]] {
        let listing = c8_open_listing(folder.raw)
        if listing < 0 { throw SystemFailure(errno: -listing) }
        guard let stream = fdopendir(listing) else {
            let number = errno
            close(listing)
            throw SystemFailure(errno: number)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw SystemFailure(errno: errno) }
                break
            }
            // d_name is a C array, which ends with NUL; its place in the entry is fixed.
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
            let text = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
            let name = Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
            if name == [UInt8(ascii: ".")] || name == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            try budget.spend()
            names.append(name)
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Whether a file is somewhere below a folder; also true where the folder is too large to tell.
    static func holds(_ identity: FileStatus.Identity, below folder: FileDescriptor) -> Bool {
        var budget = Budget(doing: "", isStopped: { false })
        return (try? search(identity, folder, depth: 0, budget: &budget)) ?? true
    }

    private static func search(
        _ identity: FileStatus.Identity, _ folder: FileDescriptor, depth: Int, budget: inout Budget
    ) throws -> Bool {
        guard depth < 8, budget.entries < 20_000 else { return true }
        for name in try names(in: folder, budget: &budget) {
            guard let entry = try? folder.location(name, reach: C8_REACH_WITHOUT_LINKS, following: false),
                let status = try? entry.status()
            else { continue }
            if status.identity == identity { return true }
            if status.kind == .directory, try search(identity, entry, depth: depth + 1, budget: &budget) { return true }
        }
        return false
    }
}
