package import C8Client
package import C8Sandbox
import LuaRuntime

/// `c8.file(path[, {name, type}])`: a file as a field of a call's body. It is opened when the call is made.
package final class FileReference: Sendable {
    let path: FilePath
    /// As the platform sees it.
    let name: String
    /// The media type.
    let type: String

    package init(path: FilePath, name: String?, type: String?) {
        self.path = path
        let last = String(decoding: path.bytes.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
        self.name = name ?? last
        self.type = type ?? Self.types[Self.suffix(of: self.name)] ?? "application/octet-stream"
    }

    /// Opens the file as far as it is granted, to be sent as a field.
    package func open(as field: String, through door: FileDoor) throws -> CallFile {
        let file = try door.openForReading(path, verb: "send")
        return CallFile(field: field, name: name, type: type, size: file.size) { try file.read(at: $0, upTo: $1) }
    }

    static func function(_ type: LuaObjectType) -> HostFunction {
        HostFunction.function("c8.file") { arguments in
            let path = FilePath(bytes: try arguments.string(1).bytes)
            var name: String?
            var mediaType: String?
            for pair in arguments.isNone(2) ? [] : try arguments.table(2).pairs {
                guard case .string(let key) = pair.key, ["name", "type"].contains(key.description) else {
                    throw arguments.error(2, "its options are: name, type")
                }
                guard case .string(let value) = pair.value, let text = value.text, !text.isEmpty,
                    text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
                else { throw arguments.error(2, "option \(key) must be a text without control characters") }
                if key.description == "name" { name = text } else { mediaType = text }
            }
            if let mediaType, !isMediaType(mediaType) {
                throw arguments.error(2, "option type must be a media type such as text/csv")
            }
            return [.object(LuaObject(FileReference(path: path, name: name, type: mediaType), type: type))]
        }
    }

    static let methods: [HostFunction] = [
        HostFunction.function("__tostring") { arguments in
            guard let file = reference(arguments[1]) else { throw arguments.expected("file", at: 1) }
            return [.string("c8.file(\(file.path))")]
        }
    ]

    /// The file that a value is, if it is one.
    static func reference(_ value: LuaValue) -> FileReference? {
        guard case .object(let object) = value else { return nil }
        return object.object as? FileReference
    }

    /// `type/subtype` of tokens, and perhaps parameters after a semicolon (RFC 9110 §8.3.1), in ASCII.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.allSatisfy { $0 < 0x7f }
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || "!#$&-^_.+".contains($0) }
            }
    }

    private static func suffix(of name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    private static let types = [
        "csv": "text/csv", "txt": "text/plain", "json": "application/json", "xml": "application/xml",
        "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "zip": "application/zip", "gz": "application/gzip", "xls": "application/vnd.ms-excel",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
