import C8Run
import Logging
import ScriptedServer
import Synchronization

/// A server that answers with what it got, unless the path asks for something else:
/// `/status/404`, `/redirect/302?URL`, `/body/1000`, `/header?Name: value`, `/nothing` (closes), `/garbage`.
enum EchoServer {
    static let script: ScriptedServer.Script = { moment in
        guard case .request(let request) = moment else { return .goOn }
        let target = request.line.split(separator: " ")[1]
        let query = target.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let path = target.prefix { $0 != "?" }.split(separator: "/").map(String.init)
        switch (path.first, path.dropFirst().first) {
        case ("status", let status?): return .answer("\(status) Word")
        case ("redirect", let status?): return .answer("\(status) Elsewhere", headers: ["Location: \(query)"])
        case ("body", let count?): return .answer(body: [UInt8](repeating: 120, count: Int(count) ?? 0))
        case ("header", _): return .answer(headers: [query.replacing("%20", with: " ")])
        case ("nothing", _): return .close
        case ("garbage", _): return .textThenClose("this is not HTTP\r\n\r\n")
        default: return .answer(body: Array(text(of: request).utf8))
        }
    }

    /// The request as the server saw it: line, headers in order of name, body.
    static func text(of request: ScriptedServer.Request) -> String {
        let headers = request.headers.map { "\($0.name.lowercased()): \($0.value)" }.sorted()
        return ([request.line] + headers + ["", String(decoding: request.body, as: UTF8.self)]).joined(separator: "\n")
    }

    /// Runs a script beside two servers, whose base URLs it finds in `here` and `there`; gives what it printed.
    ///
    /// - Parameter configure: grants; gets the ports of the two.
    static func run(
        _ source: String, memory: Int = 64 << 20,
        configure: @Sendable (inout ScriptHost.Configuration, Int, Int) -> Void = grantHere
    ) async throws -> (printed: String, here: [ScriptedServer.Request], there: [ScriptedServer.Request]) {
        let (here, there) = (try await ScriptedServer.start(script), try await ScriptedServer.start(script))
        let printed = Mutex<[UInt8]>([])
        var configuration = ScriptHost.Configuration(
            standardOutput: { bytes in printed.withLock { $0 += bytes } }, logger: Logger(label: "test"))
        configuration.limits.maximumMemory = memory
        configure(&configuration, here.port, there.port)
        let lead = "local http, here, there = require 'c8.http', ... "
        let script = Script(source: Array((lead + source).utf8), name: "(test)")
        let result: Result<ScriptResult, any Error>
        do {
            result = .success(
                try await ScriptHost(configuration: configuration)
                    .run(script, arguments: [here.url(""), there.url("")]))
        } catch {
            result = .failure(error)
        }
        await here.stop()
        await there.stop()
        _ = try result.get()
        return (String(decoding: printed.withLock { $0 }, as: UTF8.self), here.requests, there.requests)
    }

    @Sendable static func grantHere(_ configuration: inout ScriptHost.Configuration, here: Int, there: Int) {
        configuration.grants.network = .hosts(["127.0.0.1:\(here)"])
    }

    @Sendable static func grantBoth(_ configuration: inout ScriptHost.Configuration, here: Int, there: Int) {
        configuration.grants.network = .hosts(["127.0.0.1"])
    }
}
