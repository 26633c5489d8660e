import Foundation
import ScriptedServer
import Testing

/// `c8.http` in the real binary, behind the kernel's wall.
@Suite struct NetworkTests {
    private static func withServer(
        _ body: @Sendable (ScriptedServer) async throws -> Void
    ) async throws {
        let server = try await ScriptedServer.start { moment in
            guard case .request(let request) = moment else { return .goOn }
            let redirect = request.line.split(separator: " ")[1].split(separator: "?", maxSplits: 1)
            return redirect.count == 2
                ? .answer("302 Found", headers: ["Location: \(redirect[1])"]) : .answer(body: Array("hello".utf8))
        }
        do {
            try await body(server)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    @Test func grantedHostIsReached() async throws {
        try await Self.withServer { server in
            let run = try await CommandRun.c8run(
                "--allow-net=127.0.0.1:\(server.port)", "-e", "io.write(c8.http.get('\(server.url("/"))').body)")
            #expect(run.errors == "")
            #expect(run.output == "hello")
            #expect(run.status == 0)
        }
    }

    @Test func localhostIsReachedByName() async throws {
        try await Self.withServer { server in
            let run = try await CommandRun.c8run(
                "--allow-net=localhost:\(server.port)", "-e",
                "io.write(c8.http.get('http://localhost:\(server.port)/').body)")
            #expect(run.errors == "")
            #expect(run.output == "hello")
        }
    }

    @Test(arguments: [[], ["--allow-net"], ["--allow-net=example.com"], ["--allow-net=127.0.0.1:1"], ["-A"]])
    func loopbackIsDeniedUnlessNamed(options: [String]) async throws {
        try await Self.withServer { server in
            let run = try await CommandRun.c8run(options + ["-e", "c8.http.get('\(server.url("/"))')"])
            #expect(run.status == 77)
            #expect(run.errors.contains("--allow-net=127.0.0.1:\(server.port)"))
            #expect(server.requests.isEmpty)
        }
    }

    @Test func redirectToAnotherPortIsDenied() async throws {
        try await Self.withServer { server in
            let run = try await CommandRun.c8run(
                "--allow-net=127.0.0.1:\(server.port)", "-e",
                "c8.http.get('\(server.url("/"))?http://127.0.0.1:22/')")
            #expect(run.status == 77)
            #expect(run.errors.contains("127.0.0.1:22"))
        }
    }

    @Test func secretOfAProfileIsSentFromEverySource() async throws {
        try await Self.withServer { server in
            let folder = try Folder()
            _ = try folder.file("key", "FILE-CANARY-1\n")
            let sources = ["env": "\"ERP\"", "file": "\"key\"", "command": "[\"printf\", \"COMMAND-CANARY\"]"]
            var text = "default_profile = \"a\"\n"
            for (name, value) in sources {
                text += "[profiles.a.secrets.\(name)]\n\(name) = \(value)\nhost = \"127.0.0.1:\(server.port)\"\n"
            }
            let configuration = try folder.file("config.toml", text)
            let script = """
                for _, name in ipairs{"env", "file", "command"} do
                  c8.http.get("\(server.url("/"))", {headers = {["X-" .. name] = c8.env.secret(name)}})
                end
                print(pcall(c8.fs.read, "\(folder.url.path)/key"))
                print(pcall(os.getenv, "ERP"))
                print(pcall(c8.fs.read, "/proc/self/environ"))
                """
            let run = try await CommandRun.c8run(
                "--config", configuration, "-A", "--allow-net=127.0.0.1", "-e", script,
                environment: ["ERP": "ENV-CANARY-12"])
            #expect(run.status == 0, "\(run.errors)")
            #expect(!(run.output + run.errors).contains("CANARY"))
            let headers = server.requests.flatMap(\.headers).filter { $0.name.lowercased().hasPrefix("x-") }
            #expect(headers.map(\.value) == ["ENV-CANARY-12", "FILE-CANARY-1", "COMMAND-CANARY"])
        }
    }
}
