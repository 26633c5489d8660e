import C8Client
import C8Flow
import C8Platform

/// Where an upload keeps how far it is: in the journal, as a part of a flow's step.
///
/// A request whose fate nobody knows is a step within that step, which `verify` or the operator settles: the rest of the
/// upload goes on either way.
struct UploadPlace: Sendable {
    let run: FlowRun
    let step: StepKey
    let name: String

    /// Results of such steps that say nothing of the request: it was left to `verify`, or is sent again.
    private static let marks: Set<String> = ["\"left to verify\"", "\"sent again\""]

    static let noReason = "the process ended before the answer came"

    private var key: String { name.isEmpty ? step.text : "\(step.text)\u{1F}\(name)" }
    private var prefix: String { name.isEmpty ? "batch " : "\(name): batch " }

    /// What an earlier run left, after what is known by now of its requests in doubt.
    ///
    /// - Returns: nil for an upload that has not begun; the steps of requests that are still in doubt; how many seconds ago
    ///   the last request of an earlier run was about to be sent.
    func load(canVerify: Bool) async throws -> (checkpoint: UploadCheckpoint, open: Set<StepKey>, age: Double)? {
        guard let text = try await run.checkpoint(key) else { return nil }
        var checkpoint = try UploadCheckpoint(try JSONParser.parse(Array(text.utf8)))
        let age = checkpoint.sentAt.map { max(0, run.time - $0) } ?? 0
        var slices: [String: UploadSlice] = [:]
        for slice in checkpoint.inDoubt { slices[title(of: slice, in: checkpoint)] = slice }
        var open: Set<StepKey> = []
        for child in run.children(of: step) {
            guard let title = child.components.last?.name.text, title.hasPrefix(prefix) else { continue }
            let transition = try await run.call(title, in: step, isParallel: true, seconds: nil)
            switch transition.action {
            case .finish(let result):
                guard let slice = slices[title], !Self.marks.contains(result) else { continue }
                checkpoint.resolve(slice, happened: true)
                slices[title] = nil
            case .run:
                if let slice = slices.removeValue(forKey: title) { checkpoint.resolve(slice, happened: false) }
                try await save(checkpoint, isLight: false)
                _ = try await run.apply(.ended(result: "\"sent again\""), to: transition.key)
            case .settle where canVerify:
                _ = try await run.apply(.verified(result: "\"left to verify\""), to: transition.key)
            case .settle:
                _ = try await run.apply(.unverified, to: transition.key)
                open.insert(transition.key)
            case .wait, .unwind, .fail, .stop, .proceed: continue
            }
        }
        try await save(checkpoint, isLight: false)
        return (checkpoint, open, age)
    }

    func save(_ checkpoint: UploadCheckpoint, isLight: Bool) async throws {
        let text = String(decoding: try JSONSerializer.serialize(checkpoint.json), as: UTF8.self)
        try await run.keep(checkpoint: text, key, isLight: isLight)
    }

    /// Makes steps of requests that are in doubt, but for those that are there already.
    ///
    /// - Returns: the keys of all of them.
    func doubt(
        _ slices: [UploadSlice], in checkpoint: UploadCheckpoint, open: Set<StepKey>,
        errors: [UploadSlice: ClientError], operation: String
    ) async throws -> [StepKey] {
        var keys = Array(open)
        let known = Set(open.compactMap { $0.components.last?.name.text })
        for slice in slices {
            let title = title(of: slice, in: checkpoint)
            guard !known.contains(title) else { continue }
            let (error, traceID) = (errors[slice]?.message ?? Self.noReason, errors[slice]?.traceID)
            let key = try await run.call(title, in: step, isParallel: true, seconds: nil).key
            for event: StepEvent in [
                .write(operation: operation), .doubt(error: error, operation: operation, traceID: traceID),
                .failed(error: error, traceID: traceID), .unverified,
            ] {
                _ = try await run.apply(event, to: key)
            }
            keys.append(key)
        }
        return keys.sorted { $0.text < $1.text }
    }

    /// `batch 3 (lines 1003 to 1502)`; with its rows where it is a part of a batch.
    private func title(of slice: UploadSlice, in checkpoint: UploadCheckpoint) -> String {
        guard let identity = checkpoint.open[slice.batch]?.identity else { return "\(prefix)\(slice.batch + 1)" }
        let lines = "lines \(identity.firstLine) to \(identity.lastLine)"
        let isWhole = slice.rows.count == identity.rows
        let rows = isWhole ? "" : ", rows \(slice.rows.lowerBound + 1) to \(slice.rows.upperBound)"
        return "\(prefix)\(slice.batch + 1) (\(lines)\(rows))"
    }
}
