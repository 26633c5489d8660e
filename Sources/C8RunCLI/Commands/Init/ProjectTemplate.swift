import C8Emulator
import C8Platform
import C8Run
import Logging

/// The files of a new script project.
enum ProjectTemplate {
    /// Where the files of the binary go. Names that begin with a dot would be passed over by tools that look at sources.
    private static let places = [
        "gitignore": ".gitignore", "luarc.json": ".luarc.json", "flow.service": "deploy/flow.service",
        "flow.timer": "deploy/flow.timer", "crontab": "deploy/crontab",
    ]

    /// All files, the README in the language of this task.
    ///
    /// - Parameter folder: the project's folder, absolute: services and timers need it.
    /// - Throws: `UsageError` for a folder that they cannot name.
    static func files(folder: String) throws -> [ProjectFile] {
        let names = try DeploymentNames(folder: folder)
        let readme = Language.current == .chinese ? "README.zh.md" : "README.md"
        var files: [ProjectFile] = []
        for file in EmbeddedLibrary.project {
            var path = places[file.path] ?? file.path
            if path.hasPrefix("README") {
                guard path == readme else { continue }
                path = "README.md"
            }
            var text = String(decoding: file.bytes, as: UTF8.self)
            text = names.filled(text, in: file.path)
            files.append(ProjectFile(path: path, text: text))
        }
        return try files.sorted { $0.path < $1.path } + types()
    }

    /// What `api types` writes for the emulator's operations: the first script runs on them.
    private static func types() throws -> [ProjectFile] {
        let bindings = try PlatformServices.loadBindings(
            [.data(Emulator.bindingsFile, name: "emulator")], readsAll: true,
            logger: Logger(label: "c8run.init") { _ in SwiftLogNoOpLogHandler() })
        return TypeFiles.all(bindings).map { ProjectFile(path: "types/" + $0.path, text: $0.text) }
    }
}
