import C8Sandbox
import Glibc
import Testing

/// The wall itself, each time in a process of its own: there is no way back.
///
/// Where the kernel lacks a part, the tests of that part are skipped, and the test of the report still runs.
@Suite struct KernelWallTests {
    static let isWhole = KernelWall.available().lacking.isEmpty

    @Test(.enabled(if: isWhole)) func filesOutsideAreRefused() async {
        await #expect(processExitsWith: .success) {
            let inside = Probe.folder(), outside = Probe.folder()
            for path in [inside + "/a", outside + "/a", outside + "/b"] { Probe.create(path) }
            // The first file is opened on purpose before the wall: what is open stays open.
            let held = open(outside + "/b", O_RDONLY)
            let own = Probe.folder()
            Probe.onNewThread {
                let wall = KernelWall(readable: [outside + "/b"], writable: [inside], ownFolders: [own])
                let report = wall.apply()
                #expect(report.parts.first { $0.name == "processes" }?.state == .enforced)
                #expect(Probe.open(outside + "/a", O_RDONLY) == EACCES)
                #expect(Probe.open(outside + "/a", O_WRONLY) == EACCES)
                #expect(Probe.open(outside + "/b", O_RDONLY) == 0)
                #expect(Probe.open(outside + "/b", O_WRONLY) == EACCES)
                #expect(truncate(outside + "/b", 0) == -1)
                #expect(Probe.open(outside + "/new", O_WRONLY | O_CREAT) == EACCES)
                #expect(Probe.open(inside + "/new", O_WRONLY | O_CREAT) == 0)
                #expect(Probe.open(inside + "/a", O_RDONLY) == EACCES)
                #expect(Probe.open(own + "/state", O_RDWR | O_CREAT) == 0)
                #expect(unlink(outside + "/a") == -1)
                #expect(unlink(inside + "/new") == 0)
                #expect(Probe.open("/etc/passwd", O_RDONLY) == EACCES)
                #expect(Probe.open("/etc/hosts", O_RDONLY) == 0)
                var byte: UInt8 = 0
                #expect(read(held, &byte, 1) == 1)
                // A thread that starts after it.
                Probe.onNewThread { #expect(Probe.open(outside + "/a", O_RDONLY) == EACCES) }
            }
        }
    }

    @Test(.enabled(if: isWhole)) func otherPortsAreRefused() async {
        await #expect(processExitsWith: .success) {
            let (listener, port) = Probe.listen()
            let (other, otherPort) = Probe.listen()
            defer { for descriptor in [listener, other] { close(descriptor) } }
            Probe.onNewThread {
                let report = KernelWall(ports: .only([port])).apply()
                let part = report.parts.first { $0.name == "ports" }
                #expect(part?.state == .enforced)
                #expect(part?.detail.contains("\(port)") == true)
                #expect(Probe.connect(to: port) == 0)
                #expect(Probe.connect(to: otherPort) == EACCES)
                #expect(Probe.listen().descriptor == -EACCES)
            }
        }
    }

    @Test(.enabled(if: isWhole)) func allPortsStayOpenWhereNoneIsKnown() async {
        await #expect(processExitsWith: .success) {
            let (listener, port) = Probe.listen()
            defer { close(listener) }
            Probe.onNewThread {
                let report = KernelWall(ports: .any, mayListen: true).apply()
                #expect(report.parts.first { $0.name == "ports" }?.state == .open)
                #expect(Probe.connect(to: port) == 0)
                #expect(Probe.listen().descriptor >= 0)
            }
        }
    }

    @Test(.enabled(if: isWhole)) func noThreadStartsAProcess() async {
        await #expect(processExitsWith: .success) {
            _ = KernelWall(everythingReadable: true, everythingWritable: true).apply()
            #expect(Probe.spawn("/bin/true") == EPERM)
            #expect(Probe.open("/etc/passwd", O_RDONLY) == 0)
            // Threads are still to be had, and are held by the filter as well.
            Probe.onNewThread {
                #expect(Probe.spawn("/bin/true") == EPERM)
                #expect(socket(AF_PACKET, Int32(SOCK_RAW.rawValue), 0) == -1)
                #expect(errno == EAFNOSUPPORT)
            }
            #expect(Probe.threadsWith(field: "Seccomp", value: "2") == Probe.threadCount())
            #expect(Probe.threadsWith(field: "NoNewPrivs", value: "1") == Probe.threadCount())
        }
    }

    @Test func threadsFromBeforeAreReported() async {
        await #expect(processExitsWith: .success) {
            // The thread that waits here ran before the wall.
            Probe.onNewThread {
                let report = KernelWall().apply()
                let files = report.parts.first { $0.name == "files" }
                #expect(files?.state == .partial || files?.state == .missing)
                #expect(report.lacking.contains { $0.name == "files" })
            }
        }
    }

    @Test func memoryIsKeptFromOthers() async {
        await #expect(processExitsWith: .success) {
            #expect(ProcessMemory.protect())
            #expect(ProcessMemory.isProtected)
            var limit = rlimit()
            #expect(getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) == 0)
            #expect(limit.rlim_max == 0)
        }
    }
}
