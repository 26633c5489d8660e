import Glibc
import LuaRuntime
import Synchronization

/// Standard input for `io.read` and `io.lines` (manual §6.8): lines, all, or a number of bytes.
final class StandardInputReader: Sendable {
    private struct Buffer {
        static let chunkSize = 64 << 10

        var bytes: [UInt8] = []
        var start = 0
        var isAtEnd = false

        var available: ArraySlice<UInt8> { bytes[start...] }

        /// Reads more; false at the end.
        mutating func fill() -> Bool {
            if isAtEnd { return false }
            if start > 0 {
                bytes.removeSubrange(..<start)
                start = 0
            }
            // What is kept here becomes a string of the script, so that both must fit.
            guard CurrentScript.mayHold(bytes: 2 * bytes.count + Self.chunkSize) else { return false }
            var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
            while true {
                guard DescriptorWait.wait(for: STDIN_FILENO, events: Int16(POLLIN)) else { return false }
                let count = chunk.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
                if count < 0 && errno == EINTR { continue }
                if count <= 0 {
                    isAtEnd = true
                    return false
                }
                bytes.append(contentsOf: chunk[..<count])
                return true
            }
        }

        mutating func take(_ count: Int) -> [UInt8] {
            defer { start += count }
            return Array(available.prefix(count))
        }
    }

    private let buffer = Mutex(Buffer())

    var function: HostFunction {
        HostFunction.function("read") { arguments in
            if case .string(let format) = arguments[1] { return [try self.read(format.description, arguments)] }
            return [self.read(count: Int(clamping: try arguments.integer(1)))]
        }
    }

    private func read(_ format: String, _ arguments: LuaArguments) throws -> LuaValue {
        switch format.drop(while: { $0 == "*" }).first {
        case "l": return readLine(keepingEnd: false)
        case "L": return readLine(keepingEnd: true)
        case "a": return readAll()
        case "n": return buffer.withLock { buffer in .string(LuaString(bytes: Self.numeral(&buffer))) }
        default: throw arguments.error(1, "invalid format")
        }
    }

    /// The longest piece of input that looks like a numeral, at most 200 bytes, as Lua's own library takes it; whether it is
    /// one, `tonumber` says. What is taken and is none is gone, as there.
    private static func numeral(_ buffer: inout Buffer) -> [UInt8] {
        var text: [UInt8] = []
        func next(_ buffer: inout Buffer) -> UInt8? {
            if buffer.available.isEmpty, !buffer.fill() { return nil }
            return buffer.available.first
        }
        func take(_ buffer: inout Buffer, where isWanted: (UInt8) -> Bool) -> Bool {
            guard text.count < 200, let byte = next(&buffer), isWanted(byte) else { return false }
            text += buffer.take(1)
            return true
        }
        func take(_ buffer: inout Buffer, anyOf bytes: String) -> Bool {
            take(&buffer) { bytes.utf8.contains($0) }
        }
        while let byte = next(&buffer), byte == 0x20 || (0x09...0x0d).contains(byte) { _ = buffer.take(1) }
        _ = take(&buffer, anyOf: "+-")
        var digits = "0123456789"
        var exponent = "eE"
        var count = 0
        if take(&buffer, anyOf: "0") {
            if take(&buffer, anyOf: "xX") {
                (digits, exponent) = ("0123456789abcdefABCDEF", "pP")
            } else {
                count = 1
            }
        }
        while take(&buffer, anyOf: digits) { count += 1 }
        if take(&buffer, anyOf: ".") {
            while take(&buffer, anyOf: digits) { count += 1 }
        }
        if count > 0, take(&buffer, anyOf: exponent) {
            _ = take(&buffer, anyOf: "+-")
            while take(&buffer, anyOf: "0123456789") {}
        }
        return text
    }

    private func readLine(keepingEnd: Bool) -> LuaValue {
        buffer.withLock { buffer in
            var searched = 0
            while true {
                if let end = buffer.available.dropFirst(searched).firstIndex(of: UInt8(ascii: "\n")) {
                    var line = buffer.take(end - buffer.start + 1)
                    if !keepingEnd { line.removeLast() }
                    return .string(LuaString(bytes: line))
                }
                searched = buffer.available.count
                if !buffer.fill() {
                    return buffer.available.isEmpty
                        ? .nil : .string(LuaString(bytes: buffer.take(buffer.available.count)))
                }
            }
        }
    }

    private func readAll() -> LuaValue {
        buffer.withLock { buffer in
            while buffer.fill() {}
            return .string(LuaString(bytes: buffer.take(buffer.available.count)))
        }
    }

    private func read(count: Int) -> LuaValue {
        buffer.withLock { buffer in
            while buffer.available.count < count, buffer.fill() {}
            if buffer.available.isEmpty { return count == 0 && !buffer.isAtEnd ? .string("") : .nil }
            return .string(LuaString(bytes: buffer.take(min(count, buffer.available.count))))
        }
    }
}
