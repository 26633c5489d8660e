import C8Run
import Foundation
import Logging
import Synchronization
import Testing

@Suite struct FilesModuleTests {
    /// Runs a script with a folder of its own granted, whose path it finds in `dir`; returns what it prints.
    private func run(
        _ source: String, memory: Int = 64 << 20,
        grants configure: (inout ScriptHost.Grants, String) -> Void = grantFolder
    ) async throws -> String {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        let folder = "\(base)/c8run-fs-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("one\ntwo\r\n\nthree".utf8).write(to: URL(fileURLWithPath: folder + "/lines.txt"))
        let printed = Mutex<[UInt8]>([])
        var configuration = ScriptHost.Configuration(
            standardOutput: { bytes in printed.withLock { $0 += bytes } }, logger: Logger(label: "test"))
        configure(&configuration.grants, folder)
        configuration.limits.maximumMemory = memory
        let lead = "local fs, dir = require 'c8.fs', ... "
        let script = Script(source: Array((lead + source).utf8), name: "(test)")
        _ = try await ScriptHost(configuration: configuration).run(script, arguments: [folder])
        return String(decoding: printed.withLock { $0 }, as: UTF8.self)
    }

    private static func grantFolder(_ grants: inout ScriptHost.Grants, _ folder: String) {
        grants.read = .paths([folder])
        grants.write = .paths([folder])
    }

    @Test(
        arguments: [
            ("io.write(fs.read(dir .. '/lines.txt'))", "one\ntwo\r\n\nthree"),
            ("fs.write(dir .. '/x', 'a\\0b') io.write(#fs.read(dir .. '/x'))", "3"),
            ("fs.write(dir .. '/x', 12) fs.append(dir .. '/x', '3') io.write(fs.read(dir .. '/x'))", "123"),
            ("for line in fs.lines(dir .. '/lines.txt') do io.write('[', line, ']') end", "[one][two\r][][three]"),
            ("local n <close> = fs.lines(dir .. '/lines.txt') io.write(n(), n())", "onetwo\r"),
            ("local n = fs.lines(dir .. '/lines.txt') n() n:close() io.write(tostring(n()))", "nil"),
            ("fs.write(dir .. '/b', '') io.write(table.concat(fs.list(dir), ' '))", "b lines.txt"),
            ("fs.mkdir(dir .. '/a/b', {parents = true}) io.write(fs.stat(dir .. '/a/b').type)", "directory"),
            (
                "local s = fs.stat(dir .. '/lines.txt') io.write(s.type, s.size, ' ', math.type(s.modified))",
                "file15 float"
            ),
            ("fs.write(dir .. '/x', '') io.write(string.format('%o', fs.stat(dir .. '/x').mode))", "600"),
            ("fs.remove(dir .. '/lines.txt') io.write(tostring(fs.exists(dir .. '/lines.txt')))", "false"),
            ("fs.mkdir(dir .. '/a') fs.write(dir .. '/a/b', '') fs.remove(dir .. '/a', {recursive = true})", ""),
            (
                "fs.rename(dir .. '/lines.txt', dir .. '/z') io.write(#fs.glob(dir .. '/*'), fs.glob(dir .. '/z*')[1]:sub(-2))",
                "1/z"
            ),
            ("io.write(require('c8.json').encode(fs.glob(dir .. '/none*')))", "[]"),
        ] as [(String, String)])
    func filesAreWorkedWith(source: String, printed: String) async throws {
        #expect(try await run(source) == printed)
    }

    @Test(
        arguments: [
            (
                "fs.read('/etc/passwd')",
                "denied nil the script may not read /etc/passwd: run again with --allow-read=/etc/passwd"
            ),
            ("fs.write('/etc/c8run-test', '')", "denied nil the script may not write /etc/c8run-test"),
            ("fs.read(dir .. '/missing')", "invalid ENOENT cannot read DIR/missing: No such file or directory"),
            ("fs.read(dir)", "invalid EISDIR cannot read DIR: Is a directory"),
            (
                "fs.read(dir .. '/lines.txt', {max_bytes = 5})",
                "limit nil cannot read DIR/lines.txt: it has more than 5 bytes"
            ),
            (
                "for _ in fs.lines(dir .. '/lines.txt', {max_line = 3}) do end",
                "limit nil cannot read DIR/lines.txt: a line"
            ),
            (
                "fs.read(dir .. '/lines.txt', {max = 5})",
                "invalid nil bad argument #2 to 'read' (its options are: max_bytes)"
            ),
            ("fs.read(dir .. '/lines.txt', {max_bytes = -1})", "invalid nil bad argument #2 to 'read' (max_bytes must"),
            ("fs.remove(dir .. '/x', {recursive = 1})", "invalid nil bad argument #2 to 'remove' (recursive must be"),
            ("fs.mkdir(dir .. '/x', 5)", "invalid nil bad argument #2 to 'mkdir' (table expected, got number)"),
            ("fs.read()", "invalid nil bad argument #1 to 'read' (string expected, got no value)"),
            ("fs.read(dir .. '/x\\0')", "invalid EINVAL cannot read DIR/x\\x00: a path cannot hold a NUL byte"),
            ("fs.write(dir .. '/x')", "invalid nil bad argument #2 to 'write' (string expected, got no value)"),
            (
                "local t = {} for i = 1, 65 do t[i] = fs.lines(dir .. '/lines.txt') end",
                "limit nil cannot read DIR/lines.txt: 64"
            ),
        ] as [(String, String)])
    func whatGoesWrongIsAnError(source: String, expected: String) async throws {
        let printed = try await run(
            "local ok, e = pcall(function() \(source) end) "
                + "io.write(tostring(e.kind), ' ', tostring(e.code), ' ', \(Self.shortened))")
        #expect(printed.hasPrefix(expected), "\(printed)")
    }

    /// The message with the folder's name cut short; the name holds characters that are magic in patterns.
    private static let shortened =
        "(function(text) local at = text:find(dir, 1, true) "
        + "return at and text:sub(1, at - 1) .. 'DIR' .. text:sub(at + #dir) or text end)(e.message)"

    @Test func nothingIsGrantedByDefault() async throws {
        let source =
            "for _, f in ipairs {'read', 'list', 'stat', 'exists', 'glob', 'remove', 'mkdir'} do "
            + "local ok, e = pcall(fs[f], dir) io.write(e.kind, ' ') end"
        #expect(try await run(source, grants: { _, _ in }) == String(repeating: "denied ", count: 7))
    }

    @Test func deniedAndWithheldFilesAreShut() async throws {
        let source =
            "for _, f in ipairs {'/lines.txt', '/state'} do io.write(select(2, pcall(fs.read, dir .. f)).kind, ' ') end "
            + "io.write(select(2, pcall(fs.write, dir .. '/state', 'x')).kind)"
        let printed = try await run(source) { grants, folder in
            grants.read = .all
            grants.write = .all
            grants.denyRead = .paths([folder + "/lines.txt"])
            grants.withheldFiles = [folder + "/state"]
        }
        #expect(printed == "denied denied denied")
    }

    @Test func readingStaysWithinTheScriptsMemory() async throws {
        let source =
            "local s = ('x'):rep(1 << 20) for i = 1, 12 do fs.append(dir .. '/big', s) end s = nil "
            + "local ok, e = pcall(fs.read, dir .. '/big') io.write(e.kind, ' ', e.message:match('it does not fit.*'))"
        #expect(try await run(source, memory: 32 << 20) == "limit it does not fit in the script's memory")
    }

    /// Iterators that are let go of give their files back when they are collected, and all do when the script ends.
    @Test func forgottenIteratorsAreCollected() async throws {
        let source =
            "for i = 1, 1000 do fs.lines(dir .. '/lines.txt')() if i % 50 == 0 then collectgarbage() end end io.write 'done'"
        #expect(try await run(source) == "done")
    }

    @Test func leavingALoopClosesItsFile() async throws {
        let source =
            "local held = {} for i = 1, 63 do held[i] = fs.lines(dir .. '/lines.txt') end "
            + "for i = 1, 200 do for _ in fs.lines(dir .. '/lines.txt') do break end end "
            + "for i = 1, 200 do pcall(function() for _ in fs.lines(dir .. '/lines.txt') do error 'x' end end) end "
            + "io.write(#held)"
        #expect(try await run(source) == "63")
    }
}
