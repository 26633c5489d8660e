import C8Sandbox
import LuaRuntime

/// `c8.fs`: a thin face of the file door. Calls run on the script's own thread.
enum FilesModule {
    static let module = HostModule(name: "c8.fs", library: "c8/fs.lua") { context in
        reading(context) + writing(context.files)
    }

    private static let readLimit = 64 << 20
    private static let lineLimit = 1 << 20

    private static func reading(_ context: ModuleContext) -> [(String, LuaValue)] {
        let files = context.files
        let mostBytes = context.configuration.limits.mostHeldBytes
        return [
            function("read") { arguments in
                let options = try FileOptions(arguments, at: 2, named: ["max_bytes"])
                let limit = try options.count("max_bytes") ?? readLimit
                let remedy =
                    limit < mostBytes
                    ? "give max_bytes to read more, or read it by fs.lines" : "it does not fit in the script's memory"
                let file = try files.openForReading(try path(arguments, 1))
                return [.string(LuaString(bytes: try file.readAll(limit: min(limit, mostBytes), remedy: remedy)))]
            },
            function("lines") { arguments in
                let options = try FileOptions(arguments, at: 2, named: ["max_line"])
                let longest = try options.count("max_line") ?? lineLimit
                let file = try files.openForReading(try path(arguments, 1))
                let reader = LineReader(file, longest: min(longest, mostBytes))
                return [.hostFunction(nextLine(reader)), .hostFunction(close(reader))]
            },
            (
                "list",
                .hostFunction(
                    HostFunction.direct("list") { call in
                        let names = try files.list(try path(call.arguments(), 1), isStopped: { call.isStopped })
                        try call.append(array(names))
                    })
            ),
            (
                "glob",
                .hostFunction(
                    HostFunction.direct("glob") { call in
                        let found = try files.glob(try path(call.arguments(), 1), isStopped: { call.isStopped })
                        try call.append(array(found.map(\.bytes)))
                    })
            ),
            function("stat") { arguments in
                let options = try FileOptions(arguments, at: 2, named: ["follow"])
                let status = try files.status(
                    try path(arguments, 1), following: try options.flag("follow") ?? true)
                return [
                    .table(
                        LuaTable(fields: [
                            ("type", .string(status.kind.rawValue)), ("size", .integer(status.size)),
                            ("modified", .number(status.modified)), ("mode", .integer(Int64(status.mode))),
                        ]))
                ]
            },
            function("exists") { arguments in [.boolean(try files.exists(try path(arguments, 1)))] },
        ]
    }

    private static func writing(_ files: FileDoor) -> [(String, LuaValue)] {
        [
            function("write") { arguments in
                try files.write(try arguments.string(2).bytes, to: try path(arguments, 1))
                return []
            },
            function("append") { arguments in
                try files.append(try arguments.string(2).bytes, to: try path(arguments, 1))
                return []
            },
            function("mkdir") { arguments in
                let options = try FileOptions(arguments, at: 2, named: ["parents"])
                try files.makeDirectory(try path(arguments, 1), parents: try options.flag("parents") ?? false)
                return []
            },
            (
                "remove",
                .hostFunction(
                    HostFunction.direct("remove") { call in
                        let arguments = try call.arguments()
                        let options = try FileOptions(arguments, at: 2, named: ["recursive"])
                        try files.remove(
                            try path(arguments, 1), recursive: try options.flag("recursive") ?? false,
                            isStopped: { call.isStopped })
                    })
            ),
            function("rename") { arguments in
                try files.rename(try path(arguments, 1), to: try path(arguments, 2))
                return []
            },
        ]
    }

    private static func nextLine(_ reader: LineReader) -> HostFunction {
        HostFunction.direct("lines") { call in
            try call.append(try reader.next().map { .string(LuaString(bytes: $0)) } ?? LuaValue.nil)
        }
    }

    private static func close(_ reader: LineReader) -> HostFunction {
        HostFunction.direct("close") { _ in reader.close() }
    }

    private static func path(_ arguments: LuaArguments, _ position: Int) throws -> FilePath {
        FilePath(bytes: try arguments.string(position).bytes)
    }

    private static func array(_ names: [[UInt8]]) -> LuaValue {
        .table(LuaTable(array: names.map { .string(LuaString(bytes: $0)) }, mark: .array))
    }

    private static func function(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) throws -> [LuaValue]
    ) -> (String, LuaValue) {
        (name, .hostFunction(HostFunction.function(name, body)))
    }
}
