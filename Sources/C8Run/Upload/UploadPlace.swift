import C8Flow
import C8Platform

/// Where an upload keeps how far it is: in the journal, as a part of a flow's step.
struct UploadPlace: Sendable {
    let run: FlowRun
    let step: StepKey
    let name: String

    private var key: String { name.isEmpty ? step.text : "\(step.text)\u{1F}\(name)" }

    func load() async throws -> UploadCheckpoint? {
        guard let text = try await run.checkpoint(key) else { return nil }
        var checkpoint = try UploadCheckpoint(try JSONParser.parse(Array(text.utf8)))
        // Whoever looked it up found that it had not happened.
        if run.step(step)?.resolution?.choice == .retry {
            for slice in checkpoint.inDoubt { checkpoint.resolve(slice, happened: false) }
        }
        return checkpoint
    }

    func save(_ checkpoint: UploadCheckpoint, isLight: Bool) async throws {
        let text = String(decoding: try JSONSerializer.serialize(checkpoint.json), as: UTF8.self)
        try await run.keep(checkpoint: text, key, isLight: isLight)
    }
}
