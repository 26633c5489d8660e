import C8Run
import Logging
import ServiceLifecycle
import Testing

@Suite struct ScriptServiceTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func gracefulShutdownUnwindsTheScriptAndEndsWithoutAnError() async throws {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        var configuration = ScriptHost.Configuration(logger: logger)
        configuration.standardOutput = { continuation.yield(String(decoding: $0, as: UTF8.self)) }
        let service = ScriptService(
            ScriptHost(configuration: configuration),
            script: """
                local _ <close> = setmetatable({}, {__close = function() print 'closed' end})
                print 'begun'
                while true do require 'c8.task'.sleep(3600) end
                """)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [.init(service: service)], logger: logger))
        let running = Task { try await group.run() }
        var iterator = lines.makeAsyncIterator()
        #expect(await iterator.next() == "begun\n")
        await group.triggerGracefulShutdown()
        #expect(await iterator.next() == "closed\n")
        try await running.value
    }

    @Test func errorOfTheScriptIsThatOfTheService() async throws {
        let host = ScriptHost(configuration: ScriptHost.Configuration(logger: logger))
        let error = await #expect(throws: ScriptError.self) {
            try await ScriptService(host, script: "error('no', 0)").run()
        }
        #expect(error?.message == "no")
        try await ScriptService(host, script: "return 1").run()
    }
}
