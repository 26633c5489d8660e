import C8Check
import C8Emulator
import C8Platform
import C8Run
import LuaSyntax

/// Checks texts as the command does.
enum Checking {
    /// What the modules offer, from the binary itself.
    static let types = TypeLibrary(files: EmbeddedLibrary.types)
    /// The emulator's bindings, which have fields.
    static let bindings = (try? BindingSet.parse(Emulator.bindingsFile, file: "emulator")) ?? BindingSet()

    static func report(
        _ text: String, hasBindings: Bool = true, isStrict: Bool = false, modules: Set<String> = []
    ) -> CheckReport {
        let settings = CheckSettings(
            bindings: hasBindings ? bindings : BindingSet(), hasBindings: hasBindings, types: types, isStrict: isStrict)
        let source = CheckSource(
            name: "t.lua", bytes: Array(text.utf8), moduleNames: modules.sorted(), hasModule: { modules.contains($0) })
        return ScriptCheck.check(source, settings)
    }

    /// Findings as `line rule`, without information unless asked for.
    static func found(_ text: String, informs: Bool = false, isStrict: Bool = false, modules: Set<String> = [])
        -> [String]
    {
        report(text, isStrict: isStrict, modules: modules).findings
            .filter { informs || $0.severity > .information }
            .map { "\($0.start.line) \($0.rule.rawValue)" }
    }
}
