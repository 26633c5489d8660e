import C8Emulator
import Foundation

/// An emulator, a state folder, and the environment that leads a command to both.
struct Surroundings: Sendable {
    let emulator: Emulator
    let folder: Folder
    let environment: [String: String]

    static func with<Result: Sendable>(
        _ configuration: EmulatorConfiguration = EmulatorConfiguration(),
        _ body: @Sendable (Surroundings) async throws -> Result
    ) async throws -> Result {
        let emulator = try await Emulator.start(configuration)
        do {
            let folder = try Folder()
            let bindings = try folder.file("bindings.json", String(decoding: emulator.bindingsJSON, as: UTF8.self))
            let result = try await body(
                Surroundings(
                    emulator: emulator, folder: folder,
                    environment: [
                        "C8_BASE_URL": emulator.baseURL, "C8_ACCESS_KEY": emulator.accessKey,
                        "C8_SECRET_KEY": emulator.secretKey, "C8_BINDINGS": bindings,
                        "C8_STATE": folder.url.appendingPathComponent("state").path,
                    ]))
            await emulator.stop()
            return result
        } catch {
            await emulator.stop()
            throw error
        }
    }
}
