import C8Emulator
import Foundation
import Testing

/// `c8run doctor` beside a platform that is there, is late, or is not.
@Suite struct DoctorTests {
    private func doctor(
        baseURL: String, options: [String] = [], state: Folder? = nil
    ) async throws -> CommandRun {
        let folder = try state ?? Folder()
        return try await CommandRun.c8run(
            ["doctor"] + options,
            environment: [
                "C8_BASE_URL": baseURL, "C8_ACCESS_KEY": "key", "C8_SECRET_KEY": "secret",
                "C8_STATE": folder.url.path + "/state",
            ])
    }

    @Test(arguments: [
        (0.0, "ok    clock: this machine's agrees with the platform's"),
        (3600.0, "warn  clock: this machine's is 1 h 0 min behind the platform's"),
        (-86_400.5, "warn  clock: this machine's is 24 h 0 min ahead of the platform's"),
    ])
    func clocksAreCompared(offset: Double, line: String) async throws {
        let emulator = try await Emulator.start(EmulatorConfiguration(clockOffset: offset))
        let run = try await doctor(baseURL: emulator.baseURL)
        let asked = emulator.requestLog
        await emulator.stop()
        #expect(run.output.contains(line), "\(run.output)")
        #expect(run.output.contains("ok    reachability: \(emulator.baseURL) answers with HTTP 404 within "))
        #expect(run.output.contains("ok    token: none is cached; the first call fetches one"))
        #expect(run.status == 0)
        #expect(asked.total == 1)
        #expect(asked.getTokenCount == 0)
    }

    @Test func platformThatIsNotThereIsFound() async throws {
        let run = try await doctor(baseURL: "http://127.0.0.1:1")
        #expect(run.output.contains("fail  reachability: 127.0.0.1:1: cannot connect"), "\(run.output)")
        #expect(run.output.contains("check base_url"))
        #expect(run.status == 69)
        let offline = try await doctor(baseURL: "http://127.0.0.1:1", options: ["--offline"])
        #expect(!offline.output.contains("reachability"))
        #expect(offline.status == 0)
    }

    @Test func secretThatIsNotSetIsFound() async throws {
        let folder = try Folder()
        let file = try folder.file(
            "config.toml",
            """
            default_profile = "factory"
            [profiles.factory]
            base_url = "http://127.0.0.1:1"
            access_key = "key"
            secret_key_env = "FACTORY_SECRET"
            """)
        let state = ["C8_STATE": folder.url.path + "/state"]
        let run = try await CommandRun.c8run("doctor", "--offline", "--config", file, environment: state)
        let line = "fail  secret: the environment variable FACTORY_SECRET is not set"
        #expect(run.output.contains(line), "\(run.output)")
        #expect(run.status == 78)
        let set = try await CommandRun.c8run(
            "doctor", "--offline", "--config", file, environment: state.merging(["FACTORY_SECRET": "x"]) { $1 })
        #expect(set.status == 0, "\(set.output)")
    }
}
