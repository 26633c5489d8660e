import C8Queue
import C8Run
import C8Sandbox
import LuaSyntax

/// A script with those files below its folder that it requires by names written out, and that they require in turn: what a
/// worker on another machine needs to run it.
struct ScriptBundle: Sendable {
    private(set) var files: [JobScript.File] = []
    /// Names that are required and are neither modules of the host nor files, as far as can be told.
    private(set) var missing: [String] = []

    private let script: Script
    private var bytes: Int
    private var seen: Set<String> = Set(HostModuleNames.all)

    /// - Throws: ``JobQueueError/tooLong(_:count:most:)``, or `ScriptError` for a text that does not compile.
    init(_ script: Script) throws {
        self.script = script
        bytes = script.source.count
        try check()
        try Self.compile(script)
        guard let base = script.folder else {
            missing = Self.required(script.source).filter { $0.isCertain && !seen.contains($0.name) }.map(\.name)
            return
        }
        let folder: ScriptFolder
        do {
            folder = try ScriptFolder(path: base)
        } catch {
            throw UnreadableScript(path: base, reason: error.remedy)
        }
        try gather(script.source, folder)
    }

    var jobScript: JobScript { JobScript(name: script.name, source: script.source, files: files) }

    private mutating func gather(_ first: [UInt8], _ folder: ScriptFolder) throws {
        var sources = [first]
        while let source = sources.popLast() {
            for (name, isCertain) in Self.required(source) where seen.insert(name).inserted {
                guard let file = try Self.file(name, folder) else {
                    if isCertain { missing.append(name) }
                    continue
                }
                bytes += file.bytes.count
                try check()
                let path = FilePath.join(folder.path, file.path)
                try Self.compile(Script(source: file.bytes, name: folder.path == "." ? file.path : path))
                files.append(file)
                sources.append(file.bytes)
            }
        }
    }

    private func check() throws(JobQueueError) {
        guard bytes > JobLimits.mostScript else { return }
        throw .tooLong("the script with its modules", count: bytes, most: JobLimits.mostScript)
    }

    private static func compile(_ script: Script) throws(ScriptError) {
        guard let refusal = script.refusal else { return }
        throw ScriptError(kind: .compile, message: refusal)
    }

    /// The file that `require` finds for a name.
    private static func file(_ name: String, _ folder: ScriptFolder) throws -> JobScript.File? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") } }) else {
            return nil
        }
        let path = parts.joined(separator: "/")
        for candidate in ["\(path).lua", "\(path)/init.lua"] {
            do {
                if let bytes = try folder.read(candidate) { return JobScript.File(path: candidate, bytes: bytes) }
            } catch {
                throw UnreadableScript(path: FilePath.join(folder.path, candidate), reason: error.remedy)
            }
        }
        return nil
    }

    /// The names that a text requires by literals: certainly, by `require "a"`, or perhaps, by `pcall(require, "a")`.
    static func required(_ source: [UInt8]) -> [(name: String, isCertain: Bool)] {
        var names: [(name: String, isCertain: Bool)] = []
        LuaChunk.parse(source).block.visit({ _ in }) { expression in
            guard case .suffixed(let first, let suffixes) = expression.kind,
                case .call(let arguments) = suffixes[0].kind
            else { return }
            if isRequire(first), let name = arguments.first?.text {
                names.append((name, true))
            } else if arguments.count > 1, isRequire(arguments[0]), let name = arguments[1].text {
                names.append((name, false))
            }
        }
        return names
    }

    private static func isRequire(_ expression: LuaExpression) -> Bool {
        guard case .name(let reference) = expression.kind, case .global = reference.target else { return false }
        return reference.name.text == "require"
    }
}
