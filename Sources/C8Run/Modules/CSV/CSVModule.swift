import C8CSV
import C8Sandbox
import LuaRuntime

/// `c8.csv`: what `c8/csv.lua` is made of.
enum CSVModule {
    static let module = HostModule(name: "c8.csv", library: "c8/csv.lua") { context in
        [
            ("open", .hostFunction(open(context.files))), ("text", .hostFunction(openText)),
            ("create", .hostFunction(create(context.files))), ("null", .null),
        ]
    }

    /// `open(path, options)` → `take`, `close`; with nil for the path → `take`, `close`, `supply`, `finish`.
    private static func open(_ files: FileDoor) -> HostFunction {
        HostFunction.function("rows") { arguments in
            let options = try CSVOptions(arguments, at: 2)
            guard !arguments.isNone(1) else {
                let table = CSVTable(options, name: "", file: nil)
                return functions(of: table) + [
                    .hostFunction(
                        HostFunction.direct("rows") { call in try table.supply(line: call.string(1).bytes) }),
                    .hostFunction(HostFunction.direct("rows") { _ in try table.finish() }),
                ]
            }
            let path = try arguments.string(1)
            let file = try files.openForReading(FilePath(bytes: path.bytes))
            return functions(of: CSVTable(options, name: path.description, file: file))
        }
    }

    /// `text(string, options)` → `take`, `close`.
    private static let openText = HostFunction.function("parse") { arguments in
        let table = CSVTable(try CSVOptions(arguments, at: 2), name: "", file: nil)
        try table.supply(text: try arguments.string(1).bytes)
        try table.finish()
        return functions(of: table)
    }

    private static func functions(of table: CSVTable) -> [LuaValue] {
        [
            .hostFunction(HostFunction.direct("rows") { call in try table.take(&call) }),
            .hostFunction(HostFunction.direct("rows") { _ in table.close() }),
        ]
    }

    /// `create(path, options)` → `row(fields)`, `commit()`, `discard()`.
    private static func create(_ files: FileDoor) -> HostFunction {
        HostFunction.function("write") { arguments in
            let path = FilePath(bytes: try arguments.string(1).bytes)
            let output = try CSVOutput(arguments, at: 2) { try files.replace(path, verb: "write") }
            return [
                .hostFunction(
                    HostFunction.function("row") { arguments in
                        try output.add(try arguments.table(1))
                        return []
                    }),
                .hostFunction(HostFunction.direct("close") { _ in try output.commit() }),
                .hostFunction(HostFunction.direct("close") { _ in output.discard() }),
            ]
        }
    }
}
