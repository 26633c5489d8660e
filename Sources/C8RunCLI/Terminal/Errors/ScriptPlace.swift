/// A line of a file, as Lua names it: `lib/orders.lua:12`.
struct ScriptPlace: Sendable, Equatable, CustomStringConvertible {
    var file: String
    var line: Int

    var description: String { "\(file):\(line)" }

    init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// The place that a frame of a traceback, or a message of Lua, begins with; nil where it begins with none.
    init?(frame text: String) {
        var rest = text[...]
        while let colon = rest.firstIndex(of: ":") {
            let behind = rest[rest.index(after: colon)...]
            let digits = behind.prefix { $0.isASCII && $0.isNumber }
            if !digits.isEmpty, behind.dropFirst(digits.count).first == ":", let line = Int(digits), line > 0 {
                self.init(file: String(text[..<colon]), line: line)
                return
            }
            rest = behind
        }
        return nil
    }
}
