import LuaRuntime
import LuaSyntax
import Synchronization

/// A session that somebody types into: texts are run one after another and see each other's locals, results come as they are
/// shown, and names can be looked up without running anything.
package final class PromptSession: Sendable {
    private let session: ScriptSession
    private let library: PromptLibrary
    /// The locals of the texts so far, and whether each is constant.
    private let locals = Mutex<[String: Bool]>([:])
    private let limits: DisplayLimits

    /// How errors name what was typed.
    package static let name = "stdin"

    /// Opens a session of its own.
    ///
    /// - Parameter folder: `require` finds files below this folder.
    /// - Throws: ``ScriptError``.
    package init(_ host: ScriptHost, folder: String?, limits: DisplayLimits = DisplayLimits()) async throws {
        session = try await host.session(folder: folder)
        self.limits = limits
        do {
            library = try await session.prepare { state throws(LuaError) in try PromptLibrary(in: state) }
        } catch {
            await session.close()
            throw error
        }
    }

    /// Whether the text ended where more may follow, as `if x then` does.
    package static func isIncomplete(_ text: String) -> Bool { LuaInput.isIncomplete(text) }

    /// Runs a text, and gives what it returns as it is shown. An expression needs no `return`. The first result is then the
    /// global `_`.
    ///
    /// - Parameter name: how errors name the text: a path, or ``name``.
    /// - Throws: ``ScriptError``; see ``hasEnded`` for whether the session goes on.
    package func evaluate(_ text: String, name: String = PromptSession.name) async throws -> [DisplayValue] {
        let line = PromptLine(text, known: locals.withLock { $0 })
        var chunk = try await session.compile(line.source, name: name)
        var declared = LuaValue.nil
        if let wrapped = line.wrapped {
            do {
                chunk = try await session.compile(wrapped, name: name)
                declared = .table(LuaTable(array: line.declared.map { .string($0) }))
            } catch let error as ScriptError where error.kind == .compile && !error.message.contains("const variable") {
                // A goto over locals to a label at the end, or too many variables: right by itself, and run by itself. An
                // assignment to an earlier constant is a mistake of the text's own.
            }
        }
        do {
            let values = try await session.call(function: library.run, [.function(chunk), declared, limits.luaValue])
            if !line.declared.isEmpty { await note(line) }
            guard case .table(let results)? = values.first else { return [] }
            return results.array.map { DisplayValue(described: $0) }
        } catch {
            if !line.declared.isEmpty, !session.hasEnded { await note(line) }
            throw error
        }
    }

    /// What Lua knows counts: a text that failed midway has handed nothing over.
    private func note(_ line: PromptLine) async {
        guard case .table(let names)? = try? await session.call(function: library.locals, []).first else { return }
        let known = names.array.compactMap { if case .string(let name) = $0 { name.description } else { nil } }
        locals.withLock { locals in
            for name in known where locals[name] == nil { locals[name] = false }
            for name in line.declared where locals[name] != nil { locals[name] = line.constants.contains(name) }
        }
    }

    /// The names that may follow a path such as `["c8", "json"]`; locals and globals for an empty one. Runs no metamethod.
    package func names(at path: [String]) async -> [PromptName] {
        let path = LuaValue.table(LuaTable(array: path.map { .string($0) }))
        guard case .table(let table)? = try? await session.call(function: library.names, [path]).first else {
            return []
        }
        return stride(from: 0, to: table.array.count - 1, by: 2).compactMap { index in
            guard case .string(let name) = table.array[index], case .string(let kind) = table.array[index + 1] else {
                return nil
            }
            return name.text.map { PromptName($0, PromptName.Kind(rawValue: kind.description) ?? .value) }
        }
    }

    /// A function of the user's own: its parameters, and where it stands. Nil for anything else.
    package func signature(at path: [String]) async -> (parameters: String, place: String)? {
        let path = LuaValue.table(LuaTable(array: path.map { .string($0) }))
        guard let values = try? await session.call(function: library.signature, [path]), values.count == 2,
            case .string(let parameters) = values[0], case .string(let place) = values[1]
        else { return nil }
        return (parameters.description, place.description)
    }

    /// Ends what runs now; the session can be used again at once. Safe from any thread.
    package func interrupt() { session.interrupt() }

    /// Whether a limit or `os.exit` has ended the session for good.
    package var hasEnded: Bool { session.hasEnded }

    /// The status of `os.exit`, where that ended the session.
    package var exitStatus: Int32? { get async { await session.exitStatus } }

    /// Bytes that the session's Lua state holds.
    package var memoryUsed: Int { get async { await session.memoryUsed } }

    /// Ends the session.
    package func close() async { await session.close() }
}

extension DisplayLimits {
    /// The limits as `c8/_prompt.lua` takes them.
    var luaValue: LuaValue {
        .table(
            LuaTable(fields: [
                ("depth", .integer(Int64(depth))), ("items", .integer(Int64(items))),
                ("fields", .integer(Int64(fields))), ("bytes", .integer(Int64(bytes))),
                ("values", .integer(Int64(values))),
            ]))
    }
}
