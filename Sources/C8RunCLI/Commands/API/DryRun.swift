import C8Client
import C8Platform

/// A request that is shown instead of sent.
enum DryRun {
    static func json(_ binding: Binding, body: JSONValue, _ options: CallOptions) throws -> JSONValue {
        let request: PlatformRequest
        do {
            request = try binding.makeRequest(checking: body, options)
        } catch {
            throw ClientError(kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
        }
        return [
            "dry_run": true, "operation": .string(binding.id.rawValue), "method": .string(request.method.rawValue),
            "target": .string(request.target), "effect": .string(binding.effect.rawValue),
            "body": request.body ?? .null,
            "files": .array(options.files.map { ["field": .string($0.field), "name": .string($0.name)] }),
        ]
    }
}
