import C8Client
import C8Platform

/// A request that is shown instead of sent.
enum DryRun {
    static func json(_ withheld: WithheldRequest) -> JSONValue {
        [
            "dry_run": true, "operation": withheld.operation.map { .string($0.rawValue) } ?? .null,
            "method": .string(withheld.request.method.rawValue), "target": .string(withheld.request.target),
            "effect": .string(withheld.effect.rawValue), "body": withheld.request.body ?? .null,
            "files": .array(withheld.files.map { ["field": .string($0.field), "name": .string($0.name)] }),
        ]
    }
}
