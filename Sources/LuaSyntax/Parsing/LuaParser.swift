/// Reads a source into a tree by recursive descent (manual §9), with one token ahead as Lua's own parser has it.
///
/// After an error it goes on with the next statement, so that one reading finds several.
struct LuaParser {
    private var lexer: LuaLexer
    /// The token at hand.
    private(set) var token: LuaToken
    private var ahead: LuaToken?
    /// The end of the token before.
    private(set) var previousEnd = 0
    private var previousLine = 0
    var scopes = LuaScopes()
    var levels = 0
    private var isStopped = false
    /// Where the last error was noted: one place has one.
    private var lastError: (start: Int, count: Int) = (-1, 0)

    /// Lua bounds its C stack: 200 calls, a few of which are there before a text is read.
    static let mostLevels = 195
    private static let mostErrors = 100

    init(_ bytes: [UInt8], isFile: Bool) {
        lexer = LuaLexer(bytes, isFile: isFile)
        token = lexer.next()
    }

    mutating func chunk() -> LuaChunk {
        scopes.openFunction(isVararg: true, line: 0)
        var statements: [LuaStatement] = []
        let start = token.range.start
        while true {
            statements += block().statements
            if token.kind == .endOfFile { break }
            // One `end` too many is often what an error before it has left over.
            if lexer.errors.isEmpty { note("\(Self.quoted(.endOfFile)) expected") }
            advance()
        }
        note(scopes.closeFunction(at: lexer.bytes.count))
        return LuaChunk(
            bytes: lexer.bytes, lines: LuaLines(lexer.bytes),
            block: LuaBlock(statements: statements, range: LuaRange(start, lexer.bytes.count)),
            variables: scopes.variables, globals: scopes.globals, labels: scopes.labels, comments: lexer.comments,
            errors: lexer.errors)
    }

    // MARK: Tokens

    mutating func advance() {
        previousEnd = token.range.end
        previousLine = token.line
        if let next = ahead {
            token = next
            ahead = nil
        } else {
            token = nextToken()
        }
    }

    /// The kind of the token behind the one at hand.
    mutating func peek() -> LuaTokenKind {
        if let ahead { return ahead.kind }
        let next = nextToken()
        ahead = next
        return next.kind
    }

    private mutating func nextToken() -> LuaToken {
        let before = lexer.errors.count
        let token = lexer.next()
        if lexer.errors.count > before { lastError = (token.range.start, lexer.errors.count) }
        return token
    }

    mutating func take(_ kind: LuaTokenKind) -> Bool {
        guard token.kind == kind else { return false }
        advance()
        return true
    }

    /// Takes a token that must stand here.
    mutating func expect(_ kind: LuaTokenKind) throws(LuaParseStop) {
        if !take(kind) { throw fail("\(Self.quoted(kind)) expected") }
    }

    /// Takes a word that should stand here, and goes on without it where it does not.
    mutating func expectSoftly(_ kind: LuaTokenKind) {
        if take(kind) { return }
        note("\(Self.quoted(kind)) expected")
        // A name that ends the line is the word itself, misspelt.
        if token.kind == .name, token.line == previousLine, peek() != .endOfFile, let ahead, ahead.line > token.line {
            advance()
        }
    }

    /// Takes the token that closes what another opened.
    mutating func close(_ kind: LuaTokenKind, opened opening: LuaTokenKind, line: Int) {
        if take(kind) { return }
        if line == token.line {
            note("\(Self.quoted(kind)) expected")
        } else {
            note("\(Self.quoted(kind)) expected (to close \(Self.quoted(opening)) at line \(line))")
        }
    }

    mutating func name() throws(LuaParseStop) -> LuaName {
        guard token.kind == .name else { throw fail("<name> expected") }
        let name = LuaName(text: text(token.range), range: token.range)
        advance()
        return name
    }

    func text(_ range: LuaRange) -> String { String(decoding: lexer.bytes[range.start..<range.end], as: UTF8.self) }

    /// From a first byte to the end of the last token.
    func range(from start: Int) -> LuaRange { LuaRange(start, previousEnd) }

    // MARK: Errors

    /// A token as Lua's messages show it.
    static func quoted(_ kind: LuaTokenKind) -> String { kind.isQuoted ? "'\(kind.text)'" : kind.text }

    /// Notes an error at the token at hand, and gives what to throw.
    mutating func fail(_ message: String) -> LuaParseStop {
        note(message)
        return LuaParseStop()
    }

    mutating func note(_ message: String) {
        // The byte 0 stands for no token in Lua's own reader, so that its messages leave it out.
        let isNull = token.kind == .other && lexer.bytes[token.range.start] == 0
        add(isNull ? message : "\(message) near \(shownToken)", at: token.range)
    }

    /// Notes what is wrong with a name or a jump; it has no "near".
    mutating func note(_ problems: [LuaScopeProblem]) {
        for problem in problems { add(problem.message, at: problem.range, allowsSamePlace: true) }
    }

    /// Notes that there is too much of something.
    mutating func noteLimit(_ problem: String?) throws(LuaParseStop) {
        if let problem { throw fail(problem) }
    }

    private mutating func add(_ message: String, at range: LuaRange, allowsSamePlace: Bool = false) {
        guard !isStopped else { return }
        if !allowsSamePlace, lastError.start == token.range.start { return }
        let isAtEnd = token.kind == .endOfFile && message.hasSuffix("near <eof>")
        lexer.errors.append(LuaSyntaxError(message: message, line: token.line, range: range, isAtEnd: isAtEnd))
        if !allowsSamePlace { lastError = (token.range.start, lexer.errors.count) }
        if lexer.errors.count >= Self.mostErrors { stop() }
    }

    private var shownToken: String {
        switch token.kind {
        case .name, .integer, .float: return "'\(text(token.range))'"
        case .string:
            guard case .string(let value) = token.value else { return "''" }
            // A long string is shown with its brackets.
            let source = lexer.bytes[token.range.start..<token.range.end]
            let isLong = source.first == UInt8(ascii: "[")
            let level = isLong ? source.dropFirst().prefix { $0 == UInt8(ascii: "=") }.count : 0
            let opening = source.prefix(isLong ? level + 2 : 1)
            let closing = isLong ? source.suffix(level + 2) : opening
            let shown = (opening + value + closing).prefix { $0 != 0 }
            return "'\(String(decoding: shown, as: UTF8.self))'"
        case .other:
            let byte = lexer.bytes[token.range.start]
            return byte >= 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "'<\\\(byte)>'"
        default: return Self.quoted(token.kind)
        }
    }

    // MARK: Bounds

    /// One level deeper. Who calls it sets `levels` back in the end.
    mutating func enter() throws(LuaParseStop) {
        levels += 1
        guard levels > Self.mostLevels else { return }
        levels -= 1
        add("C stack overflow", at: token.range)
        stop()
        throw LuaParseStop()
    }

    /// Reads no further.
    private mutating func stop() {
        isStopped = true
        lexer.stop()
        ahead = nil
        token = lexer.next()
    }

    // MARK: Going on after an error

    /// Whether the token at hand ends a block.
    func endsBlock(withUntil: Bool) -> Bool {
        switch token.kind {
        case .else, .elseif, .end, .endOfFile: true
        case .until: withUntil
        default: false
        }
    }

    /// Passes over what is left of a statement that began at a byte.
    mutating func recover(from start: Int) {
        scopes.forgetDeclared()
        if token.range.start == start, !endsBlock(withUntil: true) { advance() }
        while !endsBlock(withUntil: true) {
            switch token.kind {
            case .local, .if, .while, .for, .repeat, .return, .goto, .break, .do, .doubleColon: return
            case .function, .name: if token.line > previousLine { return }
            default: break
            }
            advance()
        }
    }

    /// Passes over what is left of a statement's head: up to a word that ends it, or the end of its line.
    mutating func recoverHead(until kind: LuaTokenKind) {
        while token.kind != kind, token.kind != .endOfFile, token.line <= previousLine { advance() }
        if token.kind != kind { lastError.start = token.range.start }
    }
}
