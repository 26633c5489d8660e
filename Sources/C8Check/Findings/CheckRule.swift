/// What a script is held against.
package enum CheckRule: String, Sendable, CaseIterable {
    case syntax
    case undefinedGlobal = "undefined-global"
    case unavailable
    case unusedGlobal = "unused-global"
    case globalAssignment = "global-assignment"
    case unusedVariable = "unused-variable"
    case unusedFunction = "unused-function"
    case unusedLoopVariable = "unused-loop-variable"
    case unusedParameter = "unused-parameter"
    case unusedLabel = "unused-label"
    case unusedValue = "unused-value"
    case shadowing
    case unreachable
    case unknownModule = "unknown-module"
    case unknownField = "unknown-field"
    case unknownOption = "unknown-option"
    case callStyle = "call-style"
    case argumentCount = "argument-count"
    case wrongType = "wrong-type"
    case unknownOperation = "unknown-operation"
    case unboundOperation = "unbound-operation"
    case deprecatedOperation = "deprecated-operation"
    case missingField = "missing-field"
    case misspeltField = "misspelt-field"
    case grant
    case suppression
    case luacheck
    case languageServer = "lua-language-server"

    /// What the rule finds, for the documentation and for SARIF.
    package var summary: String {
        switch self {
        case .syntax: "The text is not Lua 5.4."
        case .undefinedGlobal: "A global variable that nothing defines."
        case .unavailable: "A function of Lua that scripts do not have."
        case .unusedGlobal: "A global variable that is assigned and never read."
        case .globalAssignment: "A global variable that is assigned; a local one would do."
        case .unusedVariable: "A local variable that is never read."
        case .unusedFunction: "A local function that is never called."
        case .unusedLoopVariable: "A variable of a loop that is never read; one that begins with _ need not be."
        case .unusedParameter: "A parameter that is never read, nor any behind it; looked for with --strict alone."
        case .unusedLabel: "A label that nothing goes to."
        case .unusedValue: "A value that is replaced or given up before it is read."
        case .shadowing: "A local variable that hides another one of the same name."
        case .unreachable: "Code that is never reached."
        case .unknownModule: "A module that require would not find."
        case .unknownField: "A field or function that a module does not have."
        case .unknownOption: "An option that a function does not know."
        case .callStyle: "A dot where a colon belongs, or a colon where a dot does."
        case .argumentCount: "Too many or too few arguments for a function of a module."
        case .wrongType: "A value of another type than is expected."
        case .unknownOperation: "An operation that the catalogue does not have."
        case .unboundOperation: "An operation that no binding says how to call."
        case .deprecatedOperation: "An operation that the platform has deprecated or withdrawn."
        case .missingField: "A call's body lacks a field that is required."
        case .misspeltField: "A call's body has a field that the operation does not know."
        case .grant: "A grant that the script needs."
        case .languageServer: "Something that lua-language-server found, with --with lua-language-server."
        case .luacheck: "Something that luacheck found, with --with luacheck."
        case .suppression: "A comment for c8check that is not understood."
        }
    }

    /// How much its findings matter, unless `isStrict`.
    package func severity(isStrict: Bool) -> CheckSeverity {
        switch self {
        case .syntax, .unavailable, .unknownModule, .unknownField, .unknownOption, .callStyle, .wrongType,
            .unknownOperation, .missingField, .misspeltField:
            .error
        case .undefinedGlobal, .unusedGlobal, .unusedVariable, .unusedFunction, .unusedLoopVariable, .unusedLabel,
            .unusedValue, .unreachable, .argumentCount, .deprecatedOperation, .unboundOperation, .suppression,
            .unusedParameter, .luacheck, .languageServer:
            .warning
        case .globalAssignment, .shadowing: isStrict ? .warning : .information
        case .grant: .information
        }
    }

    /// The rules that are about what luacheck gives a code for, such as `211`.
    package static func rules(ofLuacheck code: String) -> [CheckRule] {
        if code == "212" { return [.unusedParameter] }
        return switch code.first {
        case "1": [.undefinedGlobal, .unusedGlobal, .globalAssignment, .unknownField, .unavailable]
        case "2": [.unusedVariable, .unusedFunction, .unusedLoopVariable]
        case "3": [.unusedValue, .unusedVariable]
        case "4": [.shadowing]
        case "5": [.unreachable, .unusedLabel]
        default: []
        }
    }
}
