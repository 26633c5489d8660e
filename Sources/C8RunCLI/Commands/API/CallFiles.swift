import C8Client
import C8Run
import C8Sandbox

/// The files of `api call`: what the operator names is granted, and goes through the same door as a script's.
enum CallFiles {
    /// Opens what is to be sent, and begins what is to be saved.
    static func prepare(
        _ options: inout CallOptions, files: [String], saveTo: String?
    ) throws -> SaveTarget? {
        var named: [(field: String, path: String)] = []
        for file in files {
            guard let equals = file.firstIndex(of: "="), equals != file.startIndex else {
                throw UsageError(.fieldAndPath, ["value": file])
            }
            named.append((String(file[..<equals]), String(file[file.index(after: equals)...])))
        }
        if named.isEmpty, saveTo == nil { return nil }
        let door = FileDoor(
            grants: FileGrants(
                allowRead: named.isEmpty ? .none : .paths(named.map(\.path)),
                allowWrite: saveTo.map { .paths([$0]) } ?? .none))
        for (field, path) in named {
            options.files.append(
                try FileReference(path: C8Sandbox.FilePath(path), name: nil, type: nil).open(as: field, through: door))
        }
        guard let saveTo else { return nil }
        let target = SaveTarget(file: try door.replace(C8Sandbox.FilePath(saveTo), verb: "save to"))
        options.sink = target
        options.isDownload = true
        return target
    }
}
