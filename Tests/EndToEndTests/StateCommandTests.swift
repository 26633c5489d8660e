import C8Emulator
import C8Platform
import Foundation
import Testing

/// What the commands make of a state that cannot be used as it is, and what they tell of the slot.
@Suite struct StateCommandTests {
    enum Fault: Sendable, CaseIterable {
        case damaged
        /// And not to be mended, since something else is in the folder.
        case openToOthers
        /// Can be made by the superuser alone.
        case foreign

        static let possible = allCases.filter { $0 != .foreign || geteuid() == 0 }

        func apply(to folder: String) throws {
            switch self {
            case .damaged:
                try Data(repeating: 0x78, count: 9000).write(to: URL(fileURLWithPath: folder + "/state.sqlite3"))
            case .openToOthers:
                try Data().write(to: URL(fileURLWithPath: folder + "/something-else"))
                chmod(folder, 0o777)
            case .foreign: chown(folder, 12_345, 12_345)
            }
        }

        var doctorSays: String {
            switch self {
            case .damaged: "warn  state: "
            case .openToOthers, .foreign: "fail  state: "
            }
        }
        var remedy: String { self == .damaged ? "the next run moves it aside" : "chown, chmod go-w" }
    }

    private func environment(_ emulator: Emulator, _ folder: Folder) -> [String: String] {
        [
            "C8_BASE_URL": emulator.baseURL, "C8_ACCESS_KEY": emulator.accessKey, "C8_SECRET_KEY": emulator.secretKey,
            "C8_STATE": folder.url.path + "/state", "C8_TOKEN_INTERVAL": "0.5",
        ]
    }

    @Test(arguments: Fault.possible) func unusableStateIsToldAndCostsNoCall(fault: Fault) async throws {
        let emulator = try await Emulator.start(EmulatorConfiguration(tokenInterval: 0.5))
        let folder = try Folder()
        let environment = environment(emulator, folder)
        let first = try await CommandRun.c8run("token", "refresh", environment: environment)
        #expect(first.status == 0, "\(first.errors)")
        try fault.apply(to: folder.url.path + "/state")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/state").sorted()

        let doctor = try await CommandRun.c8run("doctor", environment: environment)
        #expect(doctor.output.contains(fault.doctorSays), "\(doctor.output)")
        #expect(doctor.output.contains(fault.remedy), "\(doctor.output)")
        #expect(doctor.status == (fault == .damaged ? 0 : 78))
        let after = try FileManager.default.contentsOfDirectory(atPath: folder.url.path + "/state").sorted()
        #expect(after == before, "looking mends nothing")

        if fault != .damaged {
            for command in ["status", "refresh", "clear"] {
                let run = try await CommandRun.c8run("token", command, environment: environment)
                #expect(run.status == 78, "\(command): \(run.errors)")
                #expect(run.errors.contains("the state in "), "\(command): \(run.errors)")
            }
        }
        let call = try await CommandRun.c8run("token", "print", environment: environment)
        #expect(call.status == 0, "\(call.errors)")
        #expect(call.errors.contains(fault == .damaged ? "was damaged" : "the token store failed"), "\(call.errors)")
        await emulator.stop()
    }

    @Test func statusTellsWhoAskedLastAndWhatHasExpired() async throws {
        let emulator = try await Emulator.start(EmulatorConfiguration(tokenTTL: 0.3, tokenInterval: 60))
        let folder = try Folder()
        var environment = environment(emulator, folder)
        environment["C8_TOKEN_INTERVAL"] = "60"
        let none = try await CommandRun.c8run("token", "status", environment: environment)
        #expect(none.output == "no token is cached\n")
        _ = try await CommandRun.c8run("token", "print", environment: environment)
        var status = JSONValue.null
        // It expires within a third of a second.
        for _ in 0..<100 where status["expired"] != true {
            let run = try await CommandRun.c8run("token", "status", "--json", environment: environment)
            status = try JSONParser.parse(Array(run.output.utf8))
        }
        #expect(status["expired"] == true)
        #expect(status["cached"] == true)
        #expect(status["holder"]?.stringValue?.contains(":") == true)
        #expect(status["refusal"] == .null)
        let text = try await CommandRun.c8run("token", "status", environment: environment)
        #expect(text.output.contains("state    expired\n"))
        #expect(text.output.contains("next     a new one may be fetched in "), "\(text.output)")
        await emulator.stop()
    }
}
