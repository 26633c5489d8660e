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
        case "n":
            guard case .string(let line) = readLine(keepingEnd: false) else { return .nil }
            let text = line.description.trimmingPrefix(while: { $0 == " " || $0 == "\t" })
            if let integer = Int64(text) { return .integer(integer) }
            return Double(text).map { .number($0) } ?? .nil
        default: throw arguments.error(1, "invalid format")
        }
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
