import Fuzzing

/// Programs of every statement and expression, most of which Lua accepts.
struct ProgramGenerator {
    private var generator: SeededGenerator
    private var depth = 0

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func program() -> String { block() }

    private mutating func block() -> String {
        depth += 1
        defer { depth -= 1 }
        var text = ""
        for _ in 0..<generator.number(below: depth > 4 ? 2 : 5) {
            text += statement() + generator.pick(["\n", " ", ";"])
        }
        if generator.number(below: 8) == 0 { text += "return " + expression() + "\n" }
        return text
    }

    private mutating func name() -> String { generator.pick(["a", "b", "c", "self", "_ENV", "x1", "_", "print"]) }

    private mutating func statement() -> String {
        if depth > 5 { return "f()" }
        switch generator.number(below: 16) {
        case 0: return "local \(name())\(generator.pick(["", " <const>", " <close>"])) = \(expression())"
        case 1: return "local \(name()), \(name()) = \(expression()), \(expression())"
        case 2: return "\(name()) = \(expression())"
        case 3: return "\(name()).\(name()), \(name())[\(expression())] = \(expression()), \(expression())"
        case 4: return "\(name())(\(expression()), ...)"
        case 5: return "do \(block()) end"
        case 6: return "while \(expression()) do \(block()) \(generator.pick(["", "break"])) end"
        case 7: return "repeat \(block()) until \(expression())"
        case 8: return "if \(expression()) then \(block()) elseif \(expression()) then \(block()) else \(block()) end"
        case 9: return "for \(name()) = \(expression()), \(expression()) do \(block()) end"
        case 10: return "for \(name()), \(name()) in \(expression()) do \(block()) end"
        case 11: return "function \(name()).\(name()):\(name())(\(name())) \(block()) end"
        case 12: return "local function \(name())(\(name()), ...) \(block()) end"
        case 13: return "goto \(name())"
        case 14: return "::\(name())::"
        default: return "\(name()):\(name()){\(name()) = \(expression()); \(expression())}"
        }
    }

    private mutating func expression() -> String {
        depth += 1
        defer { depth -= 1 }
        if depth > 7 { return name() }
        switch generator.number(below: 13) {
        case 0:
            return generator.pick([
                "nil", "true", "false", "...", "0x1p4", "3.", ".5e-3", "0xffffffffffffffff", "1e308",
            ])
        case 1: return generator.pick(["'a\\z  b'", "[[\nlong]]", "[==[ ]] ]==]", "\"\\u{7FFFFFFF}\\x41\\065\""])
        case 2:
            return
                "\(expression()) \(generator.pick(["+", "..", "^", "//", "<<", "~", "==", "and", "or", "<="])) \(expression())"
        case 3: return "\(generator.pick(["-", "not ", "#", "~"]))\(expression())"
        case 4: return "(\(expression()))"
        case 5: return "{\(expression()), [\(expression())] = \(expression()), \(name()) = \(expression())}"
        case 6: return "function(\(name()), ...) \(block()) end"
        case 7: return "\(name())(\(expression()))"
        case 8: return "\(name()).\(name())[\(expression())]"
        case 9: return "\(name()):\(name())'s'"
        default: return name()
        }
    }
}
