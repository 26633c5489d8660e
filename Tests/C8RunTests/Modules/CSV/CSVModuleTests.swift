import C8Run
import Foundation
import Logging
import Synchronization
import Testing

@Suite struct CSVModuleTests {
    /// Runs a script with a folder of its own granted, whose path it finds in `dir`; returns what it prints.
    private func run(_ source: String, memory: Int = 64 << 20) async throws -> String {
        let base = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
        let folder = "\(base)/c8run-csv-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let printed = Mutex<[UInt8]>([])
        var configuration = ScriptHost.Configuration(
            standardOutput: { bytes in printed.withLock { $0 += bytes } }, logger: Logger(label: "test"))
        configuration.grants.read = .paths([folder])
        configuration.grants.write = .paths([folder])
        configuration.limits.maximumMemory = memory
        let lead = "local csv, fs, dir = require 'c8.csv', require 'c8.fs', ... local file = dir .. '/t.csv' "
        let script = Script(source: Array((lead + source).utf8), name: "test.lua")
        _ = try await ScriptHost(configuration: configuration).run(script, arguments: [folder])
        return String(decoding: printed.withLock { $0 }, as: UTF8.self)
    }

    private static let table = #"fs.write(file, 'code,数量,note\n"x,1",2,"a\nb"\nabc,3,\n') "#

    @Test(
        arguments: [
            (
                "for r, line in csv.rows(file) do print(line, r.code, r['数量'], r.note) end",
                "2\tx,1\t2\ta\nb\n4\tabc\t3\t\n"
            ),
            ("for v, line in csv.rows(file, {column = 'code'}) do print(line, v) end", "2\tx,1\n4\tabc\n"),
            ("for v in csv.rows(file, {column = 2}) do print(v) end", "2\n3\n"),
            (
                "for r in csv.rows(file, {columns = {'note', 'code'}}) do print(r.note, r.code, r['数量']) end",
                "a\nb\tx,1\tnil\n\tabc\tnil\n"
            ),
            ("for r in csv.rows(file, {header = false}) do print(#r, r[1]) end", "3\tcode\n3\tx,1\n3\tabc\n"),
            (
                "for r in csv.rows(fs.lines(file), {header = false, columns = {1}}) do print(r[1]) end",
                "code\nx,1\nabc\n"
            ),
            (
                "local n = 0 for r in csv.rows(function() n = n + 1 return ({'a;b', '1;2'})[n] end, {separator = ';'}) do "
                    + "print(r.a, r.b) end", "1\t2\n"
            ),
            ("for r in csv.parse('a|b\\n1|2', {separator = '|'}) do print(r.a, r.b) end", "1\t2\n"),
            ("for r in csv.parse('') do print(r) end print('none')", "none\n"),
            ("for r in csv.rows(file) do break end print('left early')", "left early\n"),
            (
                "do local out <close> = csv.write(dir .. '/o', {header = {'a', 'b'}}) out:row{b = 'x\"y', a = 1} out:row{2, true} "
                    + "end io.write(fs.read(dir .. '/o'))", "a,b\n1,\"x\"\"y\"\n2,true\n"
            ),
            (
                "csv.write(dir .. '/o', {{1, '中'}, {nil, 2.5}}, {line_end = 'crlf'}) io.write(fs.read(dir .. '/o'))",
                "1,中\r\n,2.5\r\n"
            ),
            (
                "csv.write(dir .. '/o', {{n = '中文'}}, {header = {'n'}, encoding = 'gb18030'}) print(#fs.read(dir .. '/o')) "
                    + "for r in csv.rows(dir .. '/o') do print(r.n) end", "7\n中文\n"
            ),
            (
                "csv.write(dir .. '/o', csv.rows(file, {columns = {'code'}}), {header = {'code'}}) io.write(fs.read(dir .. '/o'))",
                "code\n\"x,1\"\nabc\n"
            ),
            (
                "pcall(function() local out <close> = csv.write(dir .. '/o') out:row{1} error('x') end) "
                    + "print(fs.exists(dir .. '/o'))", "false\n"
            ),
        ] as [(String, String)])
    func tablesAreReadAndWritten(source: String, printed: String) async throws {
        #expect(try await run(Self.table + source) == printed)
    }

    @Test(
        arguments: [
            ("csv.rows(file, {colum = 'x'})", "its options are: column, columns, encoding, header, ragged, separator"),
            ("csv.rows(1)", "the path of a file or an iterator expected, got number"),
            ("csv.rows(file, {separator = 'ab'})", "separator must be one character"),
            ("for _ in csv.rows(file, {column = 'cod'}) do end", "did you mean code?"),
            ("for _ in csv.parse('a,b\\n1\\n') do end", "line 2: the row has 1 field, but the header has 2"),
            ("for _ in csv.parse('a\\n\"x') do end", "line 2"),
            ("for _ in csv.rows(function() return 1 end) do end", "must give lines as strings"),
            ("csv.rows('/etc/passwd')", "may not read /etc/passwd"),
            ("csv.write('/etc/x.csv')", "may not"),
            ("csv.write(file, {{a = 1}})", "needs the option header"),
            ("csv.write(file, {{b = 1}}, {header = {'a'}})", "the row has the name b, which the header lacks"),
            ("csv.write(file, {{{}}})", "the field 1 of a row is a table"),
            ("csv.write(file):row('x')", "table expected, got string"),
        ] as [(String, String)])
    func mistakesAreNamed(source: String, part: String) async throws {
        let printed = try await run(Self.table + "print(select(2, pcall(function() \(source) end)))")
        #expect(printed.contains(part))
    }

    @Test func aLongTableIsReadInLittleMemory() async throws {
        let source = """
            local line = ('0123456789'):rep(4) .. ',x,y\\n'
            fs.write(file, 'code,b,c\\n' .. line:rep(100000))
            line = nil collectgarbage()
            local n = 0
            for code in csv.rows(file, {column = 'code'}) do n = n + #code end
            print(n)
            """
        #expect(try await run(source, memory: 16 << 20) == "4000000\n")
    }
}
