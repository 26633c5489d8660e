import C8Platform
import Glibc
import OrderedCollections

/// The body of `api call`.
enum CallArgument {
    /// Far more than any interface takes in one request.
    private static let limit = 64 << 20

    static func read(_ argument: String?) throws(UsageError) -> JSONValue {
        guard let argument else { return .object([:]) }
        let bytes: [UInt8]
        let name: String
        do {
            if argument == "-" {
                name = MistakeMessage.standardInput.text
                bytes = try SmallFile.read(descriptor: STDIN_FILENO, limit: limit).bytes
            } else if argument.hasPrefix("@") {
                name = String(argument.dropFirst())
                bytes = try SmallFile.read(name, limit: limit).bytes
            } else {
                name = MistakeMessage.body.text
                bytes = Array(argument.utf8)
            }
        } catch {
            throw UsageError(
                .cannotRead,
                [
                    "path": argument == "-" ? MistakeMessage.standardInput.text : argument, "problem": "\(error)",
                ])
        }
        do {
            return try JSONParser.parse(bytes)
        } catch {
            throw UsageError(.notJSON, ["name": name, "problem": "\(error)"])
        }
    }
}
