import C8Client
import C8Platform
import LuaRuntime

/// What `c8/init.lua` is made of: names of the catalogue, and calls.
enum C8Module {
    static let module = HostModule(name: "c8", library: "c8/init.lua") { context in
        let platform = context.configuration.platform
        return [
            ("call", .hostFunction(PlatformCall(context).function)),
            ("file", .hostFunction(FileReference.function(context.fileReference))),
            ("request", .hostFunction(PlatformRawRequest(platform: platform, flows: context.flows).function)),
            ("resolve", .hostFunction(resolve)),
            ("is_module", .hostFunction(isModule(context.modules))),
            ("load_pages", .hostFunction(EmbeddedLibrary.loader("c8/_pages.lua"))),
            ("load_upload", .hostFunction(EmbeddedLibrary.loader("c8/_upload.lua"))),
            ("upload", .hostFunction(PlatformUpload(context).function)),
            ("stop", .hostFunction(FlowModule.stop(context.flows))),
            ("place", .hostFunction(PlatformUpload(context).placeName)),
            ("check_input", .hostFunction(PlatformUpload(context).checkInput)),
            ("paging", .hostFunction(paging(platform))),
            ("paging_failed", .hostFunction(pagingFailed)),
            ("json", context.json),
            ("profile", context.configuration.profileName.map { .string($0) } ?? .nil),
            ("dry_run", .boolean(context.configuration.isDryRun)),
        ]
    }

    /// Raises for a path that is neither an operation nor the beginning of one.
    private static let resolve = HostFunction.direct("c8") { call in
        let id = try call.arguments().text(1)
        if Catalogue.standard[OperationID(id)]?.kind == .operation { return }
        if Catalogue.standard.names(under: id).isEmpty { throw UnknownOperation(id: id) }
    }

    static func isModule(_ modules: [String: HostModule]) -> HostFunction {
        HostFunction.direct("c8") { call in try call.append(modules["c8." + call.arguments().text(1)] != nil) }
    }

    /// Raises for answers that cannot be pages.
    private static let pagingFailed = HostFunction.function("c8.pages") { arguments in
        let id = try arguments.text(1)
        throw ClientError(
            kind: .http, message: "\(id): \(try arguments.text(2))", operation: OperationID(id), attempts: 1)
    }

    private static func paging(_ platform: PlatformServices?) -> HostFunction {
        HostFunction.async("c8.pages") { arguments in
            let binding = try await PlatformCall.binding(try arguments.text(1), of: platform)
            guard let paging = binding.paging else {
                throw ClientError(
                    kind: .invalid, message: "\(binding.id): its binding names no paging fields; add \"paging\" to it",
                    operation: binding.id)
            }
            return [
                .table(
                    LuaTable(fields: [
                        ("page", .string(paging.page)), ("size", .string(paging.size)),
                        ("items", .string(paging.items)), ("total", .string(paging.total)),
                    ]))
            ]
        }
    }
}
