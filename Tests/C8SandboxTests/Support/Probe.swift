import Glibc
import Testing

/// Plain system calls, each telling the error number or 0: what a process behind the wall can still do.
enum Probe {
    /// A new folder below the temporary one.
    static func folder() -> String {
        var template = Array("/tmp/c8run-wall-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        #expect(made != nil)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    static func create(_ path: String) {
        let file = Glibc.open(path, O_WRONLY | O_CREAT, 0o600)
        #expect(file >= 0 && write(file, "x", 1) == 1)
        close(file)
    }

    static func open(_ path: String, _ flags: Int32) -> Int32 {
        let file = Glibc.open(path, flags, 0o600)
        guard file >= 0 else { return errno }
        close(file)
        return 0
    }

    /// A listening socket on loopback: its descriptor (-errno on failure) and port.
    static func listen() -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failure = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard bind(descriptor, address, size) == 0, Glibc.listen(descriptor, 4) == 0 else { return errno }
                return getsockname(descriptor, address, &size) == 0 ? 0 : errno
            }
        }
        return failure == 0 ? (descriptor, UInt16(bigEndian: address.sin_port)) : (-failure, 0)
    }

    static func connect(to port: UInt16) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(port: port)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                Glibc.connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 ? 0 : errno
            }
        }
    }

    static func spawn(_ program: String) -> Int32 {
        var child: pid_t = 0
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
        defer { free(arguments[0]) }
        return posix_spawn(&child, program, nil, nil, &arguments, nil)
    }

    /// Runs the body on a thread that starts now, and waits for it.
    static func onNewThread(_ body: @escaping () -> Void) {
        final class Work {
            let body: () -> Void
            init(_ body: @escaping () -> Void) { self.body = body }
        }
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body)).toOpaque()
        let failure = pthread_create(
            &thread, nil,
            { context in
                if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
                return nil
            }, work)
        #expect(failure == 0)
        pthread_join(thread, nil)
    }

    /// How many threads of this process have the value in their `/proc/…/status`.
    static func threadsWith(field: String, value: String) -> Int {
        threads().filter { thread in
            text("/proc/self/task/\(thread)/status").split(separator: "\n").contains {
                $0.hasPrefix("\(field):") && $0.dropFirst(field.count + 1).trimmed == value
            }
        }.count
    }

    static func threadCount() -> Int { threads().count }

    private static func threads() -> [String] {
        guard let folder = opendir("/proc/self/task") else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private static func text(_ path: String) -> String {
        let file = Glibc.open(path, O_RDONLY)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }
}

extension Substring {
    fileprivate var trimmed: String { String(drop { $0 == "\t" || $0 == " " }) }
}
